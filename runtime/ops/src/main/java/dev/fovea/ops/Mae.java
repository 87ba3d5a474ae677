package dev.fovea.ops;

/** The mean absolute difference of two tensors of one shape. */
public record Mae() implements Op {
    /** The definition. */
    public static final OpDef<Mae> DEF = OpDef.named("mae")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of two tensors of one shape")
            .summary("measures the mean absolute difference")
            .formula("y = Σ |prediction − target| / N; dprediction = sign(prediction − target)·dy / N = −dtarget")
            .notes(
                    "PyTorch's L1Loss: the mean over the batch of this mean over the N elements of a sample. The slope of equal elements is 0.")
            .input("prediction")
            .input("target")
            .build(a -> new Mae(), (op, inputs, findings) -> LossShapes.alike(inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new Mae(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new Mae(), Shape.of(19), Shape.of(19));

    @Override
    public OpDef<Mae> def() {
        return DEF;
    }
}
