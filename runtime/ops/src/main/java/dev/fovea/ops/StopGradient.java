package dev.fovea.ops;

/** Hands its input on and lets no gradient through: what is before it is a constant to what follows. */
public record StopGradient() implements Op {
    /** The definition. */
    public static final OpDef<StopGradient> DEF = OpDef.named("stop_gradient")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("that of the input")
            .summary("hands its input on and lets no gradient through")
            .formula("y = x; dx = 0")
            .notes("PyTorch's detach. The input may have other readers, whose gradients it gets.")
            .input("x")
            .build(a -> new StopGradient(), (op, inputs, findings) -> inputs.get(0))
            .traits(Trait.IN_PLACE)
            .sample(new StopGradient(), Shape.of(5, 3, 7))
            .sample(new StopGradient(), Shape.of(19));

    @Override
    public OpDef<StopGradient> def() {
        return DEF;
    }
}
