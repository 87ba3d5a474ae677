package dev.fovea.cli;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.diagnostics.Fixes.Applied;
import dev.fovea.compiler.diagnostics.JsonRenderer;
import dev.fovea.compiler.source.Span;
import dev.fovea.runtime.FoveaException;
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

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "",
            description = "The only model that is elaborated and checked; of the others the names in them are.")
    private String model = "";

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Option(
            names = "--format",
            paramLabel = "text|json|sarif",
            defaultValue = "text",
            description = "text for people (the default), json or sarif for programs.")
    private Format format = Format.TEXT;

    @Option(
            names = "--fix",
            description = "Applies the mends that are certain to the files, says what it changed, and checks again.")
    private boolean fix;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        CheckResult result = sources.check(files, model);
        FixedFiles fixed = new FixedFiles(files);
        while (fix && fixed.apply(result.diagnostics())) {
            result = sources.check(files, model);
        }
        if (!model.isEmpty() && !result.hasErrors()) {
            ModelChoice.of(files.get(0), model, result);
        }
        switch (format) {
            case TEXT -> {
                fixed.applied().forEach(one -> console.out().println(described(one)));
                if (!fixed.applied().isEmpty() && !result.diagnostics().isEmpty()) {
                    console.out().println();
                }
                console.out()
                        .print(SourceOptions.renderer(console.outIsTerminal()).render(result.diagnostics()));
                console.out().flush();
                console.message(SourceOptions.count(result.diagnostics()) + " in "
                        + (files.size() == 1 ? "1 file" : files.size() + " files"));
            }
            case JSON -> {
                JsonRenderer json = new JsonRenderer();
                console.out()
                        .print(
                                fix
                                        ? json.render(result.diagnostics(), fixed.applied())
                                        : json.render(result.diagnostics()));
            }
            case SARIF -> console.out().print(SarifRenderer.render(result.diagnostics()));
        }
        return result.hasErrors() ? ExitStatus.INPUT : ExitStatus.OK;
    }

    /** {@code fixed net.cnn:3:46 [CNN0259]: `"sam"` is now `"same"`}. */
    private static String described(Applied one) {
        Span place = one.fix().span();
        String before = place.text();
        String after = one.fix().replacement();
        String change = before.isBlank()
                ? "`" + after.strip() + "` put in"
                : after.isBlank() ? "`" + before + "` taken out" : "`" + before + "` is now `" + after.strip() + "`";
        return "fixed " + place + " [" + one.code().id() + "]: " + change;
    }
}
