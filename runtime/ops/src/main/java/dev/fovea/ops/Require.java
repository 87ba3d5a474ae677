package dev.fovea.ops;

import java.util.List;

/** Conditions on shapes that several operators share. */
final class Require {
    private Require() {}

    /** An image {@code [C, H, W]}; CNN0310 otherwise. */
    static void image(String op, Shape input) throws Misfit {
        if (input.rank() == 3) {
            return;
        }
        throw new Misfit(
                "CNN0310",
                "`" + op + "` needs an image",
                "the input is " + input + ", of rank " + input.rank() + ", not [channels, height, width]",
                List.of("put `" + op + "` before `flatten`, or `reshape` before `" + op + "`"));
    }

    /** A vector {@code [N]} or an image {@code [C, H, W]}; CNN0310 otherwise. */
    static void vectorOrImage(String op, Shape input) throws Misfit {
        if (input.rank() == 1 || input.rank() == 3) {
            return;
        }
        throw new Misfit(
                "CNN0310",
                "`" + op + "` needs a vector or an image",
                "the input is " + input + ", of rank " + input.rank(),
                List.of("put `flatten` or `reshape` before it"));
    }

    /** Padding of at most half the window, so that every window holds an element of the input; CNN0303 otherwise. */
    static void atMostHalf(Padding padding, Pair kernel, Pair dilation) throws Misfit {
        long height = half(kernel.height(), dilation.height());
        long width = half(kernel.width(), dilation.width());
        if (Math.max(padding.top(), padding.bottom()) <= height && Math.max(padding.left(), padding.right()) <= width) {
            return;
        }
        String allowed = kernel.isSquare() && dilation.isSquare() ? Long.toString(height) : Formula.pair(height, width);
        throw new Misfit(
                "CNN0303",
                "the padding is more than half the window",
                "padding " + padding + " with kernel " + kernel + ": at most " + allowed,
                List.of("use padding=" + allowed));
    }

    /** A dilation that cannot step over the whole input from padding to padding; CNN0303 otherwise. */
    static void someInput(Window window) throws Misfit {
        someInput(window.rows(), "row");
        someInput(window.columns(), "column");
    }

    private static void someInput(Window.Axis axis, String noun) throws Misfit {
        if (axis.dilation() <= axis.input() || axis.kernel() == 1 || Math.max(axis.before(), axis.after()) == 0) {
            return;
        }
        throw new Misfit(
                "CNN0303",
                "a window may hold nothing but padding",
                "dilation " + axis.dilation() + " steps over an input of " + Formula.count(axis.input(), noun),
                List.of("use dilation=" + axis.input() + " or less, or padding=0"));
    }

    private static long half(int kernel, int dilation) {
        return ((long) dilation * (kernel - 1L) + 1) / 2;
    }
}
