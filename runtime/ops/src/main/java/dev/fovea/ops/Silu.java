package dev.fovea.ops;

/**
 * Sigmoid linear unit, also called swish (Elfwing, Uchibe and Doya 2017; Ramachandran, Zoph and Le 2017).
 */
public record Silu() implements Op {
    /** The definition. */
    public static final OpDef<Silu> DEF = OpDef.named("silu")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Elfwing, Uchibe and Doya 2017; Ramachandran, Zoph and Le 2017")
            .summary("multiplies each element by its sigmoid")
            .formula("y = x·σ(x); dx = dy·σ(x)·(1 + x·(1 − σ(x)))")
            .notes("PyTorch's SiLU. Two inputs have the same output, so backward needs the input and nothing fuses it.")
            .input("x")
            .build(a -> new Silu(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.NONLINEARITY)
            .sample(new Silu(), Shape.of(5, 3, 7))
            .sample(new Silu(), Shape.of(19));

    @Override
    public OpDef<Silu> def() {
        return DEF;
    }
}
