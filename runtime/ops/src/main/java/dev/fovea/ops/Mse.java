package dev.fovea.ops;

/** The mean squared difference of two tensors of one shape. */
public record Mse() implements Op {
    /** The definition. */
    public static final OpDef<Mse> DEF = OpDef.named("mse")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of two tensors of one shape")
            .summary("measures the mean squared difference")
            .formula("y = Σ (prediction − target)² / N; dprediction = 2·(prediction − target)·dy / N = −dtarget")
            .notes("PyTorch's MSELoss: the mean over the batch of this mean over the N elements of a sample.")
            .input("prediction")
            .input("target")
            .build(a -> new Mse(), (op, inputs, findings) -> LossShapes.alike(inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new Mse(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new Mse(), Shape.of(19), Shape.of(19));

    @Override
    public OpDef<Mse> def() {
        return DEF;
    }
}
