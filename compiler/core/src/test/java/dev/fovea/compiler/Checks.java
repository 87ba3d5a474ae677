package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Checks of texts, for tests. */
public final class Checks {
    private Checks() {}

    /** What one file comes to. */
    public static CheckResult check(String text) {
        return check("test.cnn", text, Library.EMPTY, Map.of());
    }

    /** What one file comes to that imports others. */
    public static CheckResult check(String path, String text, Library library, Map<String, String> overrides) {
        StoredFile file = new StoredFile(path, text.getBytes(StandardCharsets.UTF_8));
        return Compiler.with(library).check(List.of(file), overrides);
    }

    /** The one model of a file that is without fault and warning. */
    public static Graph clean(String text) {
        CheckResult result = check(text);
        if (!result.diagnostics().isEmpty() || result.models().size() != 1) {
            throw new AssertionError(
                    result.models().size() + " models\n" + TextRenderer.plain().render(result.diagnostics()));
        }
        return result.models().get(0);
    }

    /** The diagnostics of a file, a line each: place, severity, code, message. */
    public static List<String> lines(String text) {
        return check(text).diagnostics().stream().map(Object::toString).toList();
    }
}
