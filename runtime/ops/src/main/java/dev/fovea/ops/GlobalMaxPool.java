package dev.fovea.ops;

/** The largest element of each channel: {@code [C, H, W]} becomes {@code [C]}. */
public record GlobalMaxPool() implements Op {
    /** The definition. */
    public static final OpDef<GlobalMaxPool> DEF = OpDef.named("global_maxpool")
            .family(OperatorFamily.POOLING)
            .outputShape("[C] of [C, H, W]")
            .source("Oquab et al. 2015")
            .summary("keeps the largest element of each channel")
            .formula("y[c] = max over h, w of x[c, h, w]")
            .notes("PyTorch's AdaptiveMaxPool2d(1) and a flatten. Of equal elements the first in reading order wins.")
            .input("x")
            .build(a -> new GlobalMaxPool(), (op, inputs, findings) -> infer(inputs.get(0)))
            .saves((op, inputs, output) -> new Saved(output.size(), 0))
            .sample(new GlobalMaxPool(), Shape.of(5, 3, 7))
            .sample(new GlobalMaxPool(), Shape.of(35, 6, 4));

    private static Shape infer(Shape input) throws Misfit {
        Require.image("global_maxpool", input);
        return Shape.of(input.channels());
    }

    @Override
    public OpDef<GlobalMaxPool> def() {
        return DEF;
    }
}
