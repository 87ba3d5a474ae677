package dev.fovea.ops;

/**
 * The negative log-likelihood of a class index, a float in {@code [1]}, under log-probabilities {@code [n]}; or, a class a
 * pixel, of {@code [n, H, W]} and {@code [H, W]}, their mean.
 */
public record Nll() implements Op {
    /** The definition. */
    public static final OpDef<Nll> DEF = OpDef.named("nll")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of log-probabilities [n] and a class, or of [n, H, W] and classes [H, W]")
            .summary("measures how unlikely log-probabilities make the right class")
            .formula("y = −log_p[label]; mean over the positions")
            .notes(
                    "PyTorch's NLLLoss, before the mean over the batch. The prediction is the output of log_softmax. The label has no gradient.")
            .input("log_p")
            .label("label")
            .build(a -> new Nll(), (op, inputs, findings) -> LossShapes.classes("nll", inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new Nll(), Shape.of(10), Shape.of(1))
            .sample(new Nll(), Shape.of(5, 3, 4), Shape.of(3, 4));

    @Override
    public OpDef<Nll> def() {
        return DEF;
    }
}
