package dev.fovea.ops;

/**
 * An image without some rows and columns at its border.
 *
 * @param amounts cut off on each side
 */
public record Crop(Padding amounts) implements Rearranging {
    /** The definition. */
    public static final OpDef<Crop> DEF = OpDef.named("crop")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("[C, H − top − bottom, W − left − right] of [C, H, W]")
            .summary("cuts rows and columns off the border of an image")
            .formula("y[c, i, j] = x[c, i + top, j + left], of H − top − bottom rows and W − left − right columns")
            .notes("The inverse of `pad`; Keras's Cropping2D.")
            .input("x")
            .required("amounts", AttributeType.SIDES, Limit.NOT_NEGATIVE, "rows and columns cut off on each side")
            .build(a -> new Crop(a.padding("amounts")), (op, inputs, findings) -> op.infer(inputs.get(0)))
            .reach((op, inputs, output) -> Reach.POINT)
            .sample(new Crop(Padding.of(1, 0, 2, 3)), Shape.of(4, 3, 9))
            .sample(new Crop(Padding.all(1)), Shape.of(3, 7, 5));

    private Shape infer(Shape input) throws Misfit {
        Require.image("crop", input);
        Parts.checkCrop(input, amounts);
        return output(input);
    }

    private Shape output(Shape input) {
        return Shape.of(
                input.channels(),
                input.height() - amounts.top() - amounts.bottom(),
                input.width() - amounts.left() - amounts.right());
    }

    @Override
    public Rearrangement rearrangement(Shape input) {
        int[] before = {0, amounts.top(), amounts.left()};
        return Rearrangement.ofAxes(input, output(input), (axis, position) -> position + before[axis]);
    }

    @Override
    public OpDef<Crop> def() {
        return DEF;
    }
}
