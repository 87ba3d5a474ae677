package dev.fovea.ops;

/**
 * A larger image: each pixel repeated, or what lies between pixels interpolated.
 *
 * @param scale how much higher and wider
 * @param mode how
 */
public record Upsample(Pair scale, Interpolation mode) implements Rearranging {
    /** The definition. */
    public static final OpDef<Upsample> DEF = OpDef.named("upsample")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("[C, H·scale, W·scale] of [C, H, W]")
            .summary("makes an image larger by a whole factor")
            .formula(
                    "nearest: y[c, i, j] = x[c, floor(i/scale), floor(j/scale)]; bilinear: the mean of the four nearest"
                            + " pixels, weighted by 1 − distance, of the place (i + 1/2)/scale − 1/2")
            .notes(
                    "PyTorch's Upsample with align_corners=False, its default: pixels have their centres at half numbers, and"
                            + " places outside the centres take the nearest pixel of the border.")
            .input("x")
            .required("scale", AttributeType.PAIR, Limit.AT_LEAST_ONE, "how much higher and wider")
            .attribute("mode", Interpolation.TYPE, "nearest", Limit.ANY, "nearest or bilinear")
            .build(
                    a -> new Upsample(a.pair("scale"), Interpolation.of(a.text("mode"))),
                    (op, inputs, findings) -> op.infer(inputs.get(0)))
            .reach((op, inputs, output) -> op.reach())
            .sample(new Upsample(Pair.square(2), Interpolation.NEAREST), Shape.of(4, 3, 5))
            .sample(new Upsample(new Pair(3, 1), Interpolation.NEAREST), Shape.of(5, 4, 7))
            .sample(new Upsample(Pair.square(2), Interpolation.BILINEAR), Shape.of(4, 3, 5))
            .sample(new Upsample(new Pair(3, 4), Interpolation.BILINEAR), Shape.of(3, 5, 2))
            .sample(new Upsample(new Pair(1, 2), Interpolation.BILINEAR), Shape.of(3, 1, 4));

    private Shape infer(Shape input) throws Misfit {
        Require.image("upsample", input);
        Require.axisLength((long) input.height() * scale.height(), "row");
        Require.axisLength((long) input.width() * scale.width(), "column");
        return output(input);
    }

    private Shape output(Shape input) {
        return Shape.of(input.channels(), input.height() * scale.height(), input.width() * scale.width());
    }

    private Reach reach() {
        double window = mode == Interpolation.NEAREST ? 1 : 2;
        return new Reach(
                scale.height() == 1 ? 1 : window,
                scale.width() == 1 ? 1 : window,
                1.0 / scale.height(),
                1.0 / scale.width());
    }

    /** Of the nearest pixels: of a bilinear one there is none. */
    @Override
    public Rearrangement rearrangement(Shape input) {
        if (mode != Interpolation.NEAREST) {
            throw new IllegalStateException("what is interpolated is not only moved");
        }
        int[] factors = {1, scale.height(), scale.width()};
        return Rearrangement.ofAxes(input, output(input), (axis, position) -> position / factors[axis]);
    }

    @Override
    public OpDef<Upsample> def() {
        return DEF;
    }
}
