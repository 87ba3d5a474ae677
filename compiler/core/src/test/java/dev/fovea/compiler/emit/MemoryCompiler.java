package dev.fovea.compiler.emit;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles generated sources in memory, every warning an error, and loads them. */
public final class MemoryCompiler {
    private MemoryCompiler() {}

    /** The class of a source; fails the test with javac's words when there are any. */
    public static Class<?> compile(GeneratedSource source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaFileManager files =
                new ForwardingJavaFileManager<>(compiler.getStandardFileManager(diagnostics, null, null)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(
                                URI.create("mem:///" + name.replace('.', '/') + ".class"), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                                classes.put(name, bytes);
                                return bytes;
                            }
                        };
                    }
                };
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("mem:///" + source.path()), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source.text();
                    }
                };
        List<String> options = List.of("-Xlint:all", "-Xlint:-processing", "-Werror", "-proc:none", "--release", "17");
        boolean fine = compiler.getTask(null, files, diagnostics, options, null, List.of(file))
                .call();
        if (!fine) {
            StringBuilder text = new StringBuilder("generated code does not compile\n");
            for (Diagnostic<?> diagnostic : diagnostics.getDiagnostics()) {
                text.append(diagnostic).append('\n');
            }
            throw new AssertionError(text.append(source.text()).toString());
        }
        ClassLoader loader = new ClassLoader(MemoryCompiler.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                ByteArrayOutputStream bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = bytes.toByteArray();
                return defineClass(name, code, 0, code.length);
            }
        };
        try {
            return loader.loadClass(source.className());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(
                    new String(source.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8), e);
        }
    }
}
