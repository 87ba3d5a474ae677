package dev.fovea.ops;

/** The binary cross entropy of probabilities and targets between 0 and 1, of one shape. */
public record Bce() implements Op {
    /** The definition. */
    public static final OpDef<Bce> DEF = OpDef.named("bce")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of two tensors of one shape")
            .summary("measures how unlikely probabilities make the target")
            .formula("y = −Σ (t·log p + (1 − t)·log(1 − p)) / N")
            .notes(
                    "PyTorch's BCELoss: each logarithm is at least −100, and in the slope p·(1 − p) is at least 1e-12. The mean over the N elements of a sample. Where the model ends with a sigmoid, bce_with_logits without it is more exact.")
            .probability("prediction")
            .probability("target")
            .build(a -> new Bce(), (op, inputs, findings) -> LossShapes.alike(inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new Bce(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new Bce(), Shape.of(19), Shape.of(19));

    @Override
    public OpDef<Bce> def() {
        return DEF;
    }
}
