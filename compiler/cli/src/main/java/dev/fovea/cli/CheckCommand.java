package dev.fovea.cli;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.diagnostics.JsonRenderer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea check}: everything there is to say about files. */
@Command(name = "check", description = "Checks .cnn files: syntax, names, shapes, contracts, recipes.")
final class CheckCommand implements Callable<Integer> {
    /** How diagnostics are written. */
    enum Format {
        TEXT,
        JSON,
        SARIF;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The .cnn files; they see each other.")
    private List<Path> files = List.of();

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Option(
            names = "--format",
            paramLabel = "text|json|sarif",
            defaultValue = "text",
            description = "text for people (the default), json or sarif for programs.")
    private Format format = Format.TEXT;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CheckResult result = sources.check(files);
        switch (format) {
            case TEXT -> {
                console.out()
                        .print(SourceOptions.renderer(console.outIsTerminal()).render(result.diagnostics()));
                console.out().flush();
                console.message(SourceOptions.count(result.diagnostics()) + " in "
                        + (files.size() == 1 ? "1 file" : files.size() + " files"));
            }
            case JSON -> console.out().print(new JsonRenderer().render(result.diagnostics()));
            case SARIF -> console.out().print(SarifRenderer.render(result.diagnostics()));
        }
        return result.hasErrors() ? ExitStatus.INPUT : ExitStatus.OK;
    }
}
