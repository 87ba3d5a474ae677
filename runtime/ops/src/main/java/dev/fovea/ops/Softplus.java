package dev.fovea.ops;

/**
 * A smooth rectifier (Dugas et al. 2001).
 */
public record Softplus() implements Op {
    /** The definition. */
    public static final OpDef<Softplus> DEF = OpDef.named("softplus")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Dugas et al. 2001")
            .summary("rounds the rectifier's corner off")
            .formula("y = log(1 + e^x); dx = dy·(1 − e^(−y))")
            .notes("PyTorch's with beta 1; its slope is 1 − e^(−y), which loses no digits, so backward needs the"
                    + " output alone; it goes over to y = x above 20, where the two are equal to float.")
            .input("x")
            .build(a -> new Softplus(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new Softplus(), Shape.of(5, 3, 7))
            .sample(new Softplus(), Shape.of(19));

    @Override
    public OpDef<Softplus> def() {
        return DEF;
    }
}
