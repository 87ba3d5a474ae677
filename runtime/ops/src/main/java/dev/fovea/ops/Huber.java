package dev.fovea.ops;

/**
 * The mean of Huber's function of the differences of two tensors of one shape: a parabola near 0, straight lines beyond.
 *
 * @param delta where the parabola ends
 */
public record Huber(float delta) implements Op {
    /** The definition. */
    public static final OpDef<Huber> DEF = OpDef.named("huber")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of two tensors of one shape")
            .source("Huber 1964")
            .summary("measures the difference, squared where it is small")
            .formula("y = Σ h(prediction − target) / N, h(d) = d²/2 where |d| < delta, else delta·(|d| − delta/2)")
            .notes(
                    "PyTorch's HuberLoss (Huber 1964); with delta 1 also its SmoothL1Loss. The mean over the N elements of a sample.")
            .input("prediction")
            .input("target")
            .attribute("delta", AttributeType.FLOAT, 1f, Limit.POSITIVE, "where the parabola ends")
            .build(
                    a -> new Huber(a.real("delta")),
                    (op, inputs, findings) -> LossShapes.alike(inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new Huber(1), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new Huber(0.3f), Shape.of(19), Shape.of(19));

    @Override
    public OpDef<Huber> def() {
        return DEF;
    }
}
