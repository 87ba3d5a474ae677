package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.concrete.Element.Comment;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decides which lines of a {@link Doc} break, and writes it. Without recursion, however deep the document. */
final class DocPrinter {

    /** Columns of a line. */
    static final int WIDTH = 120;

    private final Columns out = new Columns();
    private final Deque<Task> tasks = new ArrayDeque<>();

    /** Line ends that are owed before the next text; a space that is owed in front of text on the same line. */
    private int breaks;

    private boolean space;
    private int indent;

    /** A part that is still to be written, with its indentation and whether its lines break. */
    private record Task(Doc doc, int indent, boolean broken) {}

    private DocPrinter() {}

    /** The text of a document; it ends with one line end. */
    static String print(Doc document) {
        return new DocPrinter().write(document);
    }

    private String write(Doc document) {
        tasks.push(new Task(document, 0, true));
        while (!tasks.isEmpty()) {
            Task task = tasks.pop();
            indent = task.indent;
            Doc doc = task.doc;
            if (doc instanceof Doc.Text text) {
                text(text.text());
            } else if (doc instanceof Doc.Line line) {
                line(line, task.broken);
            } else if (doc instanceof Doc.Hard hard) {
                breaks = Math.max(breaks, hard.count());
            } else if (doc instanceof Doc.Remark remark) {
                remark(remark);
            } else if (doc instanceof Doc.Mark mark) {
                out.mark(mark.column());
            } else {
                open(doc, task);
            }
        }
        return out.text();
    }

    private void open(Doc doc, Task task) {
        if (doc instanceof Doc.Concat concat) {
            for (int i = concat.parts().size() - 1; i >= 0; i--) {
                tasks.push(new Task(concat.parts().get(i), task.indent, task.broken));
            }
        } else if (doc instanceof Doc.Nest nest) {
            tasks.push(new Task(nest.inner(), task.indent + nest.columns(), task.broken));
        } else if (doc instanceof Doc.Align align) {
            int column = breaks > 0 ? task.indent : out.column() + (space ? 1 : 0);
            tasks.push(new Task(align.inner(), Math.max(0, column + align.shift()), task.broken));
        } else {
            Doc inner = ((Doc.Group) doc).inner();
            tasks.push(new Task(inner, task.indent, inner.isBroken() || !fits(inner)));
        }
    }

    private void line(Doc.Line line, boolean broken) {
        if (broken) {
            breaks = Math.max(breaks, 1);
        } else if (!line.flat().isEmpty()) {
            text(line.flat());
        }
    }

    private void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (breaks > 0 && text.isBlank()) {
            return;
        }
        if (breaks > 0) {
            newLine("])}".indexOf(text.charAt(0)) >= 0);
        } else if (space && !text.startsWith(" ")) {
            out.append(" ");
        }
        space = false;
        out.append(text);
    }

    private void remark(Doc.Remark remark) {
        Comment comment = remark.comment();
        if (remark.trailing()) {
            breaks = 0;
            out.remark(comment.text());
            breaks = 1;
            return;
        }
        breaks = Math.max(breaks, Math.min(2, comment.breaks()));
        if (breaks > 0) {
            newLine(false);
        } else if (!out.isAtStart() && !out.endsWithSpaceOrOpener()) {
            out.append(" ");
        }
        out.append(comment.text());
        space = true;
        breaks = comment.endsLine() ? 1 : 0;
    }

    /** Writes the line ends that are owed; an empty line stands neither behind an opening bracket nor before a closing one. */
    private void newLine(boolean closes) {
        boolean single = closes || out.endsWithOpener();
        out.newLine(single ? 1 : breaks, indent);
        breaks = 0;
        space = false;
    }

    /** Whether a document and what stands behind it up to the next possible break fit on the rest of the line. */
    private boolean fits(Doc document) {
        int left = WIDTH - (breaks > 0 ? indent : out.column()) - document.width();
        for (Task task : tasks) {
            if (left < 0) {
                return false;
            }
            Doc doc = task.doc;
            int head = task.broken ? headWidth(doc) : -1 - doc.width();
            if (head >= 0) {
                return left >= head;
            }
            left -= -1 - head;
        }
        return left >= 0;
    }

    /**
     * The columns up to the first place in a document where a line may break; or {@code -1 - width} where there is none.
     */
    private static int headWidth(Doc document) {
        Deque<Doc> rest = new ArrayDeque<>();
        rest.push(document);
        int width = 0;
        while (!rest.isEmpty() && width < WIDTH) {
            Doc doc = rest.pop();
            if (doc instanceof Doc.Line || doc instanceof Doc.Hard) {
                return width;
            } else if (doc instanceof Doc.Remark remark && remark.isBroken()) {
                return width;
            } else if (doc instanceof Doc.Concat concat) {
                for (int i = concat.parts().size() - 1; i >= 0; i--) {
                    rest.push(concat.parts().get(i));
                }
            } else if (doc instanceof Doc.Nest nest) {
                rest.push(nest.inner());
            } else if (doc instanceof Doc.Align align) {
                rest.push(align.inner());
            } else if (doc instanceof Doc.Group group) {
                rest.push(group.inner());
            } else {
                width += doc.width();
            }
        }
        return -1 - width;
    }
}
