package dev.fovea.ops;

/** The mean of each channel: {@code [C, H, W]} becomes {@code [C]} (Lin, Chen and Yan 2013). */
public record GlobalAvgPool() implements Op {
    /** The definition. */
    public static final OpDef<GlobalAvgPool> DEF = OpDef.named("global_avgpool")
            .family(OperatorFamily.POOLING)
            .outputShape("[C] of [C, H, W]")
            .source("Lin, Chen and Yan 2013")
            .summary("takes the mean of each channel")
            .formula("y[c] = Σ_h Σ_w x[c, h, w] / (H·W)")
            .notes(
                    "Lin, Chen and Yan 2013, in the place of dense layers. PyTorch's AdaptiveAvgPool2d(1) and a flatten.")
            .input("x")
            .build(a -> new GlobalAvgPool(), (op, inputs, findings) -> infer(inputs.get(0)))
            .sample(new GlobalAvgPool(), Shape.of(5, 3, 7))
            .sample(new GlobalAvgPool(), Shape.of(35, 6, 4));

    private static Shape infer(Shape input) throws Misfit {
        Require.image("global_avgpool", input);
        return Shape.of(input.channels());
    }

    @Override
    public OpDef<GlobalAvgPool> def() {
        return DEF;
    }
}
