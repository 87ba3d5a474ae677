package dev.fovea.cli;

import dev.fovea.compiler.emit.GeneratedSource;
import dev.fovea.runtime.FoveaException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** From generated sources to classes, without touching a disk. */
final class InMemoryCompiler {
    private InMemoryCompiler() {}

    /**
     * Compiles sources; returns the class files by the names of the classes.
     *
     * @param classPath what the sources need
     * @throws FoveaException when this Java has no compiler
     */
    static Map<String, byte[]> compile(List<GeneratedSource> sources, List<Path> classPath) throws FoveaException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            throw new FoveaException(
                    "this Java has no compiler, which turns the generated classes into code: "
                            + System.getProperty("java.home"),
                    List.of(
                            "set JAVA_HOME to a JDK (17 or later); a JRE can only run `fovea compile` and `fovea check`"));
        }
        StringWriter messages = new StringWriter();
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of("-proc:none", "-implicit:none", "-Xlint:none", "-classpath", path);
        try (StandardJavaFileManager standard = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                ClassFiles files = new ClassFiles(standard)) {
            List<SourceText> texts = sources.stream().map(SourceText::new).toList();
            if (!javac.getTask(messages, files, null, options, null, texts).call()) {
                throw new IllegalStateException("the generated source does not compile:\n" + messages);
            }
            return files.bytes();
        } catch (IOException e) {
            throw new IllegalStateException("closing files in memory failed", e);
        }
    }

    private static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        SourceText(GeneratedSource source) {
            super(URI.create("memory:///" + source.path()), Kind.SOURCE);
            this.text = source.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class ClassFiles extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ClassFile> files = new HashMap<>();

        ClassFiles(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return files.computeIfAbsent(className, ClassFile::new);
        }

        Map<String, byte[]> bytes() {
            return files.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().bytes.toByteArray()));
        }
    }
}
