package dev.fovea.ops;

/**
 * The middle of an image. Where the rest is odd, the larger half of it goes from the bottom and right.
 *
 * @param size of the output
 */
public record CenterCrop(Pair size) implements Rearranging {
    /** The definition. */
    public static final OpDef<CenterCrop> DEF = OpDef.named("center_crop")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("[C, h, w] of [C, H, W], (h, w) the size given")
            .source("Ronneberger, Fischer and Brox 2015")
            .summary("keeps the middle of an image")
            .formula("y[c, i, j] = x[c, i + floor((H − h)/2), j + floor((W − w)/2)]")
            .notes(
                    "The crops of U-Net (Ronneberger et al. 2015). torchvision's function rounds half of an odd rest to the"
                            + " even number, here it is always rounded down.")
            .input("x")
            .required("size", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the output")
            .build(a -> new CenterCrop(a.pair("size")), (op, inputs, findings) -> {
                Require.image("center_crop", inputs.get(0));
                Parts.checkSize(inputs.get(0), op.size);
                return op.output(inputs.get(0));
            })
            .reach((op, inputs, output) -> Reach.POINT)
            .sample(new CenterCrop(new Pair(2, 5)), Shape.of(4, 3, 9))
            .sample(new CenterCrop(Pair.square(4)), Shape.of(3, 8, 5));

    private Shape output(Shape input) {
        return Shape.of(input.channels(), size.height(), size.width());
    }

    @Override
    public Rearrangement rearrangement(Shape input) {
        int[] before = {0, (input.height() - size.height()) / 2, (input.width() - size.width()) / 2};
        return Rearrangement.ofAxes(input, output(input), (axis, position) -> position + before[axis]);
    }

    @Override
    public OpDef<CenterCrop> def() {
        return DEF;
    }
}
