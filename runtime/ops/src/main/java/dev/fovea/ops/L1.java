package dev.fovea.ops;

/** The mean absolute value of a tensor: a penalty that makes it sparse. */
public record L1() implements Op {
    /** The definition. */
    public static final OpDef<L1> DEF = OpDef.named("l1")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of a tensor")
            .source("Tibshirani 1996")
            .summary("measures the mean absolute value")
            .formula("y = Σ |x| / N; dx = sign(x)·dy / N")
            .notes(
                    "A penalty, without a target. The mean over the N elements of a sample, as all element-wise losses: Keras's activity_regularizer L1 is N times as much.")
            .input("x")
            .build(a -> new L1(), (op, inputs, findings) -> Shape.of(1))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new L1(), Shape.of(5, 3, 7))
            .sample(new L1(), Shape.of(19));

    @Override
    public OpDef<L1> def() {
        return DEF;
    }
}
