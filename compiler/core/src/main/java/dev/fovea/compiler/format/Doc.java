package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.concrete.Element.Comment;
import java.util.List;

/** Text with places where a line may break, after Wadler, "A prettier printer", 2003. */
sealed interface Doc {

    /** The width of what cannot stand on one line. */
    int BROKEN = 1 << 20;

    /** The columns it takes on one line, or at least {@link #BROKEN}. */
    int width();

    /** Whether it cannot stand on one line. */
    default boolean isBroken() {
        return width() >= BROKEN;
    }

    /** Characters of one line. */
    record Text(String text) implements Doc {
        @Override
        public int width() {
            return text.codePointCount(0, text.length());
        }
    }

    /** A line end where the group around it is broken, else some spaces. */
    record Line(String flat) implements Doc {
        @Override
        public int width() {
            return flat.length();
        }
    }

    /**
     * A line end.
     *
     * @param count two for an empty line
     */
    record Hard(int count) implements Doc {
        @Override
        public int width() {
            return BROKEN;
        }
    }

    /**
     * A comment.
     *
     * @param trailing whether it stands behind something on its line, and is the last there
     */
    record Remark(Comment comment, boolean trailing) implements Doc {
        @Override
        public int width() {
            boolean breaks = trailing
                    || comment.breaks() > 0
                    || comment.endsLine()
                    || comment.text().indexOf('\n') >= 0;
            return breaks ? BROKEN : comment.text().length() + 2;
        }
    }

    /** Where a column begins that is shared by the lines of one pipeline. */
    record Mark(int column) implements Doc {
        @Override
        public int width() {
            return 0;
        }
    }

    /** One after the other. */
    record Concat(List<Doc> parts, int width) implements Doc {}

    /** Lines inside it are indented further. */
    record Nest(int columns, Doc inner) implements Doc {
        @Override
        public int width() {
            return inner.width();
        }
    }

    /**
     * Lines inside it are indented to where it begins.
     *
     * @param shift columns to the right of that
     */
    record Align(int shift, Doc inner) implements Doc {
        @Override
        public int width() {
            return inner.width();
        }
    }

    /** On one line if that fits; else all its lines break. */
    record Group(Doc inner) implements Doc {
        @Override
        public int width() {
            return inner.width();
        }
    }
}
