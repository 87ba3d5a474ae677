package dev.fovea.ops;

/** Logarithms of the probabilities over the channels at each position. */
public record LogSoftmax() implements Op {
    /** The definition. */
    public static final OpDef<LogSoftmax> DEF = OpDef.named("log_softmax")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Bridle 1990")
            .summary("turns the channels at each position into log-probabilities")
            .formula("y[c] = x[c] − m − log Σ_k exp(x[k] − m), m = max_k x[k]; dx[c] = dy[c] − exp(y[c])·Σ_k dy[k]")
            .notes("Over axis 0 of a sample: PyTorch's LogSoftmax(dim=1).")
            .input("x")
            .build(a -> new LogSoftmax(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.PROBABILITIES)
            .sample(new LogSoftmax(), Shape.of(5, 3, 7))
            .sample(new LogSoftmax(), Shape.of(19));

    @Override
    public OpDef<LogSoftmax> def() {
        return DEF;
    }
}
