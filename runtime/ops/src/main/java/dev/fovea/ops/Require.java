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

    /** An axis of the input, counted from 0; CNN0311 otherwise. */
    static void axis(int axis, Shape input) throws Misfit {
        if (axis >= 0 && axis < input.rank()) {
            return;
        }
        throw new Misfit(
                "CNN0311",
                "the axis is out of range",
                "axis " + axis + " of " + input + ", whose axes are "
                        + (input.rank() == 1 ? "0 only" : "0 to " + (input.rank() - 1)),
                List.of("channels are axis 0, the height 1, the width 2"));
    }

    /** Channels that can be cut into so many groups; CNN0302 otherwise. */
    static void groups(int groups, int channels) throws Misfit {
        if (channels % groups == 0) {
            return;
        }
        throw new Misfit(
                "CNN0302",
                "the groups do not divide the channels",
                "the input has " + channels + " channels: " + channels + "/" + groups + " is no whole number",
                List.of(channels + " can be cut into " + Divisors.groups(channels)));
    }

    /** More than one number to take a variance of; CNN0321 otherwise. */
    static void several(String op, long count, String of) throws Misfit {
        if (count > 1) {
            return;
        }
        throw new Misfit(
                "CNN0321",
                "`" + op + "` has a single number to normalise",
                of + " holds 1 element, which less its mean is 0",
                List.of("leave it out here, or normalise over the batch: `batchnorm`"));
    }

    /** An axis of the output that can be counted; CNN0361 otherwise. */
    static void axisLength(long length, String noun) throws Misfit {
        if (length <= Integer.MAX_VALUE) {
            return;
        }
        throw new Misfit(
                "CNN0361",
                "the tensor is too large",
                "the output would have " + Formula.count(length, noun),
                List.of("an axis has at most " + Integer.MAX_VALUE + " elements"));
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
