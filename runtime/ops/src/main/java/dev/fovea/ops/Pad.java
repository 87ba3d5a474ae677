package dev.fovea.ops;

import java.util.List;
import java.util.Locale;

/**
 * Rows, columns and channels around an image.
 *
 * @param padding rows and columns
 * @param channels in front of the first and behind the last
 * @param mode what they hold
 */
public record Pad(Padding padding, Ends channels, PaddingMode mode) implements Rearranging {
    /** The definition. */
    public static final OpDef<Pad> DEF = OpDef.named("pad")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("[before + C + after, top + H + bottom, left + W + right] of [C, H, W]")
            .summary("adds rows, columns and channels around an image")
            .formula("y[c, i, j] = x[c − before, i − top, j − left], and beyond the border what the mode says")
            .notes(
                    "PyTorch's pad, here with (top, bottom, left, right) in this order. The mode holds for the channels too."
                            + " Channels of zeros are the shortcut of the first residual networks (He et al. 2015, option A).")
            .input("x")
            .attribute("padding", AttributeType.SIDES, Padding.NONE, Limit.NOT_NEGATIVE, "rows and columns")
            .attribute("channels", AttributeType.ENDS, Ends.NONE, Limit.NOT_NEGATIVE, "channels before and after")
            .attribute("mode", PaddingMode.TYPE, "zeros", Limit.ANY, "what is in the padding")
            .build(
                    a -> new Pad(a.padding("padding"), a.ends("channels"), PaddingMode.of(a.text("mode"))),
                    (op, inputs, findings) -> op.infer(inputs.get(0)))
            .reach((op, inputs, output) -> Reach.POINT)
            .sample(new Pad(Padding.of(1, 0, 2, 3), Ends.NONE, PaddingMode.ZEROS), Shape.of(4, 3, 5))
            .sample(new Pad(Padding.NONE, new Ends(2, 3), PaddingMode.ZEROS), Shape.of(4, 3, 5))
            .sample(new Pad(Padding.of(2, 1, 3, 4), Ends.NONE, PaddingMode.REFLECT), Shape.of(3, 4, 5))
            .sample(new Pad(Padding.of(4, 1, 0, 9), new Ends(1, 0), PaddingMode.REPLICATE), Shape.of(3, 4, 5))
            .sample(new Pad(Padding.of(2, 4, 5, 1), new Ends(0, 3), PaddingMode.CIRCULAR), Shape.of(3, 4, 5));

    private Shape infer(Shape input) throws Misfit {
        Require.image("pad", input);
        return Shape.of(
                length(input.channels(), channels.before(), channels.after(), "channel"),
                length(input.height(), padding.top(), padding.bottom(), "row"),
                length(input.width(), padding.left(), padding.right(), "column"));
    }

    private int length(int extent, long before, long after, String noun) throws Misfit {
        long needed = Math.max(before, after);
        int most = mode.limit(extent);
        if (needed > most) {
            throw new Misfit(
                    "CNN0303",
                    "the padding is too large for mode=\"" + mode.name().toLowerCase(Locale.ROOT) + "\"",
                    "padding " + needed + " on " + Formula.count(extent, noun) + ": at most " + most,
                    List.of("use " + most + " or less, or mode=\"replicate\""));
        }
        long length = before + extent + after;
        if (length > Integer.MAX_VALUE) {
            throw new Misfit(
                    "CNN0303",
                    "the padding is too large",
                    before + " + " + extent + " + " + after + " = " + Formula.count(length, noun),
                    List.of("an axis has at most " + Integer.MAX_VALUE + " elements"));
        }
        return (int) length;
    }

    @Override
    public Rearrangement rearrangement(Shape input) {
        Shape output = Shape.of(
                channels.before() + input.channels() + channels.after(),
                padding.top() + input.height() + padding.bottom(),
                padding.left() + input.width() + padding.right());
        int[] before = {channels.before(), padding.top(), padding.left()};
        return Rearrangement.ofAxes(
                input, output, (axis, position) -> mode.source(position - before[axis], input.extent(axis)));
    }

    @Override
    public OpDef<Pad> def() {
        return DEF;
    }
}
