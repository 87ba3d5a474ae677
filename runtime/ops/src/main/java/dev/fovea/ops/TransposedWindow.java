package dev.fovea.ops;

import java.util.List;

/** The sizes of a transposed convolution: {@code H' = (H − 1)S − 2P + D(F − 1) + OP + 1}, in 64 bits until they fit. */
final class TransposedWindow {
    private final String noun;
    private final int input;
    private final int kernel;
    private final int stride;
    private final int dilation;
    private final int before;
    private final int after;
    private final int extra;

    private TransposedWindow(ConvTranspose op, Shape shape, boolean rows) {
        noun = rows ? "rows" : "columns";
        input = rows ? shape.height() : shape.width();
        kernel = along(op.kernel(), rows);
        stride = along(op.stride(), rows);
        dilation = along(op.dilation(), rows);
        extra = along(op.outputPadding(), rows);
        before = rows ? op.padding().top() : op.padding().left();
        after = rows ? op.padding().bottom() : op.padding().right();
    }

    /** The mirrored convolution's windows; CNN0330 and CNN0331 where there is none, CNN0303 where it is too large. */
    static Window over(ConvTranspose op, Shape input) throws Misfit {
        return new Window(new TransposedWindow(op, input, true).axis(), new TransposedWindow(op, input, false).axis());
    }

    private static int along(Pair pair, boolean rows) {
        return rows ? pair.height() : pair.width();
    }

    private Window.Axis axis() throws Misfit {
        if (extra >= Math.max(stride, dilation)) {
            throw new Misfit(
                    "CNN0330",
                    "the output padding is too large",
                    "output_padding " + extra + " with stride " + stride + " and dilation " + dilation + ": at most "
                            + (Math.max(stride, dilation) - 1),
                    List.of("it must be smaller than the stride or the dilation: use output_padding="
                            + (Math.max(stride, dilation) - 1) + "; `pad` adds more"));
        }
        long uncut = (input - 1L) * stride + (long) dilation * (kernel - 1L) + extra + 1;
        long output = uncut - before - after;
        if (output < 1) {
            throw new Misfit(
                    "CNN0331",
                    "the padding cuts off all of the output",
                    formula(output) + " " + noun,
                    List.of("padding is cut off here; at most " + (uncut - 1) + " of " + uncut + " " + noun
                            + " can be: use padding=" + (uncut - 1) / 2 + " or less"));
        }
        if (output > Integer.MAX_VALUE) {
            throw new Misfit(
                    "CNN0303",
                    "the output is too large",
                    formula(output) + " " + noun,
                    List.of("use a smaller stride"));
        }
        return new Window.Axis((int) output, kernel, stride, dilation, before, after, input);
    }

    private String formula(long output) {
        String cut = before == after ? "2·" + before : before + " − " + after;
        String sum = output < 0 ? "−" + -output : Long.toString(output);
        return "(" + input + " − 1)·" + stride + " − " + cut + " + " + dilation + "·(" + kernel + " − 1) + " + extra
                + " + 1 = " + sum;
    }
}
