package dev.fovea.ops;

import java.util.List;

/**
 * Blocks of channels laid out as pixels: {@code [C·r², H, W]} becomes {@code [C, H·r, W·r]} (Shi et al. 2016).
 *
 * @param r how much higher and wider the output is
 */
public record PixelShuffle(int r) implements Rearranging {
    /** The definition. */
    public static final OpDef<PixelShuffle> DEF = OpDef.named("pixel_shuffle")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("[C/r², H·r, W·r] of [C, H, W]")
            .source("Shi et al. 2016")
            .summary("lays out blocks of channels as pixels of a larger image")
            .formula("y[c, h·r + i, w·r + j] = x[c·r² + i·r + j, h, w]")
            .notes(
                    "PyTorch's PixelShuffle. TensorFlow's depth_to_space orders the channels otherwise: (i·r + j)·C + c.")
            .input("x")
            .required("r", AttributeType.INT, Limit.AT_LEAST_ONE, "how much higher and wider the output is")
            .build(a -> new PixelShuffle(a.integer("r")), (op, inputs, findings) -> op.infer(inputs.get(0)))
            .reach((op, inputs, output) -> new Reach(1, 1, 1.0 / op.r, 1.0 / op.r))
            .sample(new PixelShuffle(2), Shape.of(12, 5, 7))
            .sample(new PixelShuffle(3), Shape.of(18, 2, 4));

    private Shape infer(Shape input) throws Misfit {
        Require.image("pixel_shuffle", input);
        long block = (long) r * r;
        if (input.channels() % block != 0) {
            throw new Misfit(
                    "CNN0302",
                    "the channels cannot be cut into blocks of r²",
                    "the input has " + input.channels() + " channels: " + input.channels() + "/" + r + "² is no whole"
                            + " number",
                    List.of("`conv(" + (input.channels() / block + 1) * block
                            + ", kernel=1)` before it makes them fit"));
        }
        Require.axisLength((long) input.height() * r, "row");
        Require.axisLength((long) input.width() * r, "column");
        return Shape.of((int) (input.channels() / block), input.height() * r, input.width() * r);
    }

    @Override
    public Rearrangement rearrangement(Shape input) {
        return Rearrangement.ofBlocks(input, r);
    }

    @Override
    public OpDef<PixelShuffle> def() {
        return DEF;
    }
}
