package dev.fovea.cli;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.emit.GeneratedSource;
import dev.fovea.compiler.emit.ModelEmitter;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea compile}: from models to Java sources. */
@Command(name = "compile", description = "Writes a Java class for each model of the files; prints the paths.")
final class CompileCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The .cnn files; they see each other.")
    private List<Path> files = List.of();

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Option(names = "-d", required = true, paramLabel = "DIR", description = "The root of the written sources.")
    @SuppressWarnings("NullAway.Init") // required
    private Path folder;

    CompileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        CheckResult result = sources.require(files, "", console);
        List<GeneratedSource> generated = result.models().stream()
                .map(graph -> ModelEmitter.emit(Planner.plan(graph)))
                .toList();
        for (GeneratedSource source : generated) {
            Path path = folder.resolve(source.path());
            try {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, source.text(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw InputException.from(path, "write the source", e);
            }
            console.out().println(path);
        }
        if (generated.isEmpty()) {
            console.message("warning: the files have no complete model, so no class was written");
        }
        return ExitStatus.OK;
    }
}
