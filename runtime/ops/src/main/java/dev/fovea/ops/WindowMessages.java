package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;

/** What is said about windows that do not fit, leave a remainder, hang over or leave gaps. */
final class WindowMessages {
    private WindowMessages() {}

    /** CNN0301: the window is larger than the padded input. */
    static Misfit doesNotFit(Shape input, Pair kernel, Pair dilation, AxisSum rows, AxisSum columns) {
        AxisSum fault = rows.output() < 1 ? rows : columns;
        String dilated = dilation.equals(Pair.square(1)) ? "" : " with dilation " + dilation;
        String label = "kernel " + kernel + dilated + " on a " + Formula.times(input.height(), input.width())
                + " input: " + Formula.of(fault);
        long height = Math.min(kernel.height(), rows.largestKernel());
        long width = Math.min(kernel.width(), columns.largestKernel());
        String largest = kernel.isSquare() ? Long.toString(Math.min(height, width)) : Formula.pair(height, width);
        String padding = Formula.pair(rows.leastPadding(), columns.leastPadding());
        return new Misfit(
                "CNN0301",
                "the kernel does not fit the input",
                label,
                List.of("the largest kernel that fits is " + largest + "; or use padding=" + padding));
    }

    /** CNN0303: so much padding that the output cannot be counted. */
    static Misfit tooLarge(Padding padding, long output) {
        return new Misfit(
                "CNN0303",
                "the padding is too large",
                "padding " + padding + " makes an axis of " + output + " elements",
                List.of("more padding than the kernel is wide only adds windows that read nothing"));
    }

    /** CNN0305: a remainder where none may be. */
    static Misfit remainder(Window window) {
        boolean rows = window.rows().rest() > 0;
        Window.Axis axis = rows ? window.rows() : window.columns();
        return new Misfit(
                "CNN0305",
                "the stride does not divide",
                Formula.of(axis) + ", but the rounding is \"exact\"",
                WindowMends.of(window, true).help());
    }

    /** CNN0350 and the notes. */
    static void report(Window window, Padding padding, Findings findings) {
        boolean hasGaps = window.rows().gap() > 0 || window.columns().gap() > 0;
        if (hasGaps) {
            gaps(window, findings);
        }
        if (window.rows().unread() > 0 || window.columns().unread() > 0) {
            unread(window, findings);
        } else if (!hasGaps && (window.rows().rest() > 0 || window.columns().rest() > 0)) {
            findings.note("the "
                    + last(window.rows().rest(), window.columns().rest()) + " of padding "
                    + isOrAre(window.rows().rest(), window.columns().rest()) + " not read: " + formulas(window, false));
        }
        if (window.rows().overhang() > 0 || window.columns().overhang() > 0) {
            findings.note("the last windows hang over the border by "
                    + both(window.rows().overhang(), window.columns().overhang())
                    + ": rounded up, other frameworks may differ in size");
        }
        if (padding.mode() == Padding.Mode.SAME) {
            same(window, findings);
        }
    }

    private static void unread(Window window, Findings findings) {
        long rows = window.rows().unread();
        long columns = window.columns().unread();
        List<String> help = new ArrayList<>(WindowMends.of(window, false).help());
        findings.warn(
                "CNN0350",
                "the " + last(rows, columns) + " of the input " + isOrAre(rows, columns) + " never read",
                formulas(window, true),
                help);
    }

    private static void gaps(Window window, Findings findings) {
        Pair stride = new Pair(window.rows().stride(), window.columns().stride());
        Pair kernel = new Pair(window.rows().kernel(), window.columns().kernel());
        findings.note("stride " + stride + " skips "
                + both(window.rows().gap(), window.columns().gap())
                + " between windows of kernel " + kernel);
    }

    /** CNN0308: TensorFlow's uneven padding is not what a PyTorch network was trained with. */
    private static void same(Window window, Findings findings) {
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        if (rows.stride() == 1 && columns.stride() == 1) {
            return;
        }
        String amounts =
                "(" + rows.before() + ", " + rows.after() + ", " + columns.before() + ", " + columns.after() + ")";
        if (rows.before() == rows.after() && columns.before() == columns.after()) {
            findings.note("\"same\" pads " + amounts + " here; with a stride it depends on the input's size");
            return;
        }
        Pair even = new Pair(rows.after(), columns.after());
        findings.warn(
                "CNN0308",
                "\"same\" with a stride pads unevenly",
                "pads (top, bottom, left, right) = " + amounts
                        + ", as TensorFlow does; PyTorch refuses \"same\" with a stride",
                List.of(
                        "padding=" + even + " is what PyTorch networks use; its windows lie elsewhere",
                        "padding=" + amounts + " says the same and does not depend on the input's size"));
    }

    private static String formulas(Window window, boolean unreadOnly) {
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        boolean first = unreadOnly ? rows.unread() > 0 : rows.rest() > 0;
        boolean second = unreadOnly ? columns.unread() > 0 : columns.rest() > 0;
        if (!second || (first && rows.equals(columns))) {
            return Formula.of(rows);
        }
        return first ? Formula.of(rows) + " and " + Formula.of(columns) : Formula.of(columns);
    }

    /** {@code 1 row and column}, {@code 3 rows and columns}, {@code 2 rows and 1 column}, {@code 2 columns}. */
    private static String both(long rows, long columns) {
        if (rows == columns) {
            return rows == 1 ? "1 row and column" : rows + " rows and columns";
        }
        if (rows > 0 && columns > 0) {
            return Formula.count(rows, "row") + " and " + Formula.count(columns, "column");
        }
        return rows > 0 ? Formula.count(rows, "row") : Formula.count(columns, "column");
    }

    /** {@code last row and column}, {@code last 3 rows and columns}, {@code last 2 columns}. */
    private static String last(long rows, long columns) {
        String both = both(rows, columns);
        return "last " + (Math.min(rows, columns) <= 1 && Math.max(rows, columns) == 1 ? both.substring(2) : both);
    }

    private static String isOrAre(long rows, long columns) {
        return rows + columns == 1 ? "is" : "are";
    }
}
