package dev.fovea.compiler.diagnostics;

import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** Applies the mends that diagnostics carry to the text they are about. */
public final class Fixes {
    private Fixes() {}

    /**
     * A fix that was applied.
     *
     * @param code of the diagnostic that carried it
     * @param fix with its place in the text before
     */
    public record Applied(Code code, Fix fix) {}

    /**
     * A text with its fixes in it.
     *
     * @param text the whole of it; unchanged when there was none to apply
     * @param applied in the order of their places
     */
    public record Mended(String text, List<Applied> applied) {
        /** Copies the list. */
        public Mended {
            applied = List.copyOf(applied);
        }
    }

    /**
     * The text of a file with fixes applied. Of fixes that overlap or touch the first is taken: whether the others still
     * hold, only a new check can tell.
     *
     * @param diagnostics of this and other files
     */
    public static Mended mend(SourceFile file, List<Diagnostic> diagnostics) {
        StringBuilder text = new StringBuilder();
        List<Applied> applied = new ArrayList<>();
        int end = -1;
        for (Applied next : inOrder(file, diagnostics)) {
            Span place = next.fix().span();
            if (place.start() > end) {
                text.append(file.text(), Math.max(end, 0), place.start());
                text.append(next.fix().replacement());
                applied.add(next);
                end = place.end();
            }
        }
        text.append(file.text(), Math.max(end, 0), file.text().length());
        return new Mended(text.toString(), applied);
    }

    /** The fixes of a file by place, each once. */
    private static List<Applied> inOrder(SourceFile file, List<Diagnostic> diagnostics) {
        List<Applied> all = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            for (Fix fix : new LinkedHashSet<>(diagnostic.fixes())) {
                if (fix.span().file().equals(file)) {
                    all.add(new Applied(diagnostic.code(), fix));
                }
            }
        }
        all.sort(Comparator.comparing(one -> one.fix().span()));
        return all;
    }
}
