package dev.fovea.ops;

/** Probabilities over the channels at each position. */
public record Softmax() implements Op {
    /** The definition. */
    public static final OpDef<Softmax> DEF = OpDef.named("softmax")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Bridle 1990")
            .summary("turns the channels at each position into probabilities")
            .formula("y[c] = exp(x[c] − m) / Σ_k exp(x[k] − m), m = max_k x[k]; dx[c] = y[c]·(dy[c] − Σ_k dy[k]·y[k])")
            .notes(
                    "Over axis 0 of a sample: PyTorch's Softmax(dim=1). Not in front of `cross_entropy`, which takes logits.")
            .input("x")
            .build(a -> new Softmax(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.PROBABILITIES)
            .sample(new Softmax(), Shape.of(5, 3, 7))
            .sample(new Softmax(), Shape.of(19));

    @Override
    public OpDef<Softmax> def() {
        return DEF;
    }
}
