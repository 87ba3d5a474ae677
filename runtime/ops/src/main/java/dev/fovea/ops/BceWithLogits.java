package dev.fovea.ops;

/** The binary cross entropy of the sigmoid of logits, and targets between 0 and 1, of one shape. */
public record BceWithLogits() implements Op {
    /** The definition. */
    public static final OpDef<BceWithLogits> DEF = OpDef.named("bce_with_logits")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of two tensors of one shape")
            .summary("measures how unlikely the sigmoid of the logits makes the target")
            .formula("y = Σ (max(x, 0) − x·t + log(1 + exp(−|x|))) / N; dx = (sigmoid(x) − t)·dy / N")
            .notes("PyTorch's BCEWithLogitsLoss. The mean over the N elements of a sample.")
            .input("logits")
            .probability("target")
            .build(a -> new BceWithLogits(), (op, inputs, findings) -> LossShapes.alike(inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new BceWithLogits(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new BceWithLogits(), Shape.of(19), Shape.of(19));

    @Override
    public OpDef<BceWithLogits> def() {
        return DEF;
    }
}
