package dev.fovea.ops;

/** The Kullback-Leibler divergence of a distribution q from another, given by its logarithms, of one shape. */
public record KlDivergence() implements Op {
    /** The definition. */
    public static final OpDef<KlDivergence> DEF = OpDef.named("kl_divergence")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of two tensors of one shape")
            .source("Kullback and Leibler 1951")
            .summary("measures how far a distribution is from the one predicted")
            .formula("y = Σ q·(log q − log_p), a term with q = 0 being 0")
            .notes(
                    "PyTorch's KLDivLoss with reduction=\"batchmean\": the sum over the elements of a sample. The prediction is the output of log_softmax.")
            .input("log_p")
            .probability("q")
            .build(a -> new KlDivergence(), (op, inputs, findings) -> LossShapes.alike(inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new KlDivergence(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new KlDivergence(), Shape.of(19), Shape.of(19));

    @Override
    public OpDef<KlDivergence> def() {
        return DEF;
    }
}
