package dev.fovea.cli;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.runtime.FoveaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --source-root} and {@code -p}: how files are compiled. */
final class SourceOptions {
    @Option(
            names = "--source-root",
            paramLabel = "DIR",
            description =
                    "Folder or jar to look for imported packages in, before those that the files imply. Repeatable.")
    private List<Path> roots = new ArrayList<>();

    @Option(
            names = "-p",
            paramLabel = "name=value",
            description = "Value for a parameter of the model, instead of its default. Repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    List<Path> roots() {
        return roots;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    /** As if the options had been given. */
    void set(List<Path> folders, Map<String, String> values) {
        roots = List.copyOf(folders);
        parameters = new LinkedHashMap<>(values);
    }

    /**
     * Checks files; imports are looked for in the roots, beside the files, and among the standard models.
     *
     * @param model the name of the only model that matters; empty for all
     */
    CheckResult check(List<Path> files, String model) {
        return check(files, model, parameters);
    }

    /** Where imports are looked for before the roots that the files imply. */
    Library library() {
        return Library.firstOf(
                List.of(SourceRoots.of(roots), SourceRoots.onClassPath(SourceOptions.class.getClassLoader())));
    }

    private CheckResult check(List<Path> files, String model, Map<String, String> values) {
        Compiler compiler = Compiler.with(library());
        return (model.isEmpty() ? compiler : compiler.onlyModel(model)).checkPaths(files, values);
    }

    /**
     * Checks files for a command that goes on with their models; prints what there is to say.
     *
     * @param model the name of the only model that matters; empty for all
     * @throws FaultyInputException when there are errors
     */
    CheckResult require(List<Path> files, String model, Console console) throws FoveaException {
        return shown(check(files, model, parameters), console);
    }

    /** As {@link #require}, with the defaults of the models' parameters instead of the values of the options. */
    CheckResult requireAsWritten(List<Path> files, String model, Console console) throws FoveaException {
        return shown(check(files, model, Map.of()), console);
    }

    private static CheckResult shown(CheckResult result, Console console) throws FoveaException {
        console.err().print(renderer(console.errIsTerminal()).render(result.diagnostics()));
        if (result.hasErrors()) {
            throw new FaultyInputException(count(result.diagnostics()));
        }
        return result;
    }

    static TextRenderer renderer(boolean terminal) {
        return terminal ? TextRenderer.coloured() : TextRenderer.plain();
    }

    /** {@code 2 errors, 1 warning}. */
    static String count(List<Diagnostic> diagnostics) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING)) {
            long number = diagnostics.stream()
                    .filter(one -> one.severity() == severity)
                    .count();
            if (number > 0) {
                counts.add(number + " " + severity.word() + (number == 1 ? "" : "s"));
            }
        }
        return counts.isEmpty() ? "no faults" : String.join(", ", counts);
    }
}
