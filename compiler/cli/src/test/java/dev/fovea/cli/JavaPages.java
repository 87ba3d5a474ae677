package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a Java file of a page. */
final class JavaPages {
    private JavaPages() {}

    /** What the Java compiler finds wrong in a file that uses the classes of some models. */
    static List<String> faults(Path file, List<Path> models, Path folder) throws IOException {
        Path generated = Files.createDirectories(folder.resolve("generated"));
        if (!models.isEmpty()) {
            List<Object> words = new ArrayList<>(List.of("compile"));
            words.addAll(models);
            words.addAll(List.of("-d", generated));
            Call compile = Call.of(words.toArray());
            assertThat(compile.status()).as(compile.err()).isEqualTo(ExitStatus.OK);
        }
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-sourcepath",
                generated.toString(),
                "-d",
                Files.createDirectories(folder.resolve("classes")).toString());
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(faults, Locale.ROOT, null)) {
            compiler.getTask(null, manager, faults, options, null, manager.getJavaFileObjects(file))
                    .call();
        }
        return faults.getDiagnostics().stream()
                .filter(fault -> fault.getKind() == Diagnostic.Kind.ERROR)
                .map(fault -> fault.getLineNumber() + ": " + fault.getMessage(Locale.ROOT))
                .toList();
    }
}
