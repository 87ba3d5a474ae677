package dev.fovea.ops;

/**
 * Gaussian error linear unit (Hendrycks and Gimpel 2016), with the normal distribution itself.
 */
public record Gelu() implements Op {
    /** The definition. */
    public static final OpDef<Gelu> DEF = OpDef.named("gelu")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Hendrycks and Gimpel 2016")
            .summary("multiplies each element by the share of a standard normal distribution below it")
            .formula("y = x·Φ(x); dx = dy·(Φ(x) + x·φ(x))")
            .notes("PyTorch's default, not its approximation by tanh. Two inputs have the same output, so backward"
                    + " needs the input and nothing fuses it.")
            .input("x")
            .build(a -> new Gelu(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.NONLINEARITY)
            .sample(new Gelu(), Shape.of(5, 3, 7))
            .sample(new Gelu(), Shape.of(19));

    @Override
    public OpDef<Gelu> def() {
        return DEF;
    }
}
