package dev.fovea.cli;

import picocli.CommandLine.Option;

/** {@code --recipe}: which of a model's recipes. */
final class RecipeOption {
    @Option(
            names = "--recipe",
            paramLabel = "R",
            defaultValue = "",
            description = "Which recipe; the unnamed one by default.")
    private String recipe = "";

    /** The name; empty for the default. */
    String name() {
        return recipe;
    }
}
