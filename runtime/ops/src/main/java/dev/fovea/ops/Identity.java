package dev.fovea.ops;

/** Hands its input on. */
public record Identity() implements Op {
    /** The definition. */
    public static final OpDef<Identity> DEF = OpDef.named("identity")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("that of the input")
            .summary("hands its input on")
            .formula("y = x")
            .notes("Serves where a block expects a stage and none is wanted.")
            .input("x")
            .build(a -> new Identity(), (op, inputs, findings) -> inputs.get(0))
            .traits(Trait.VIEW)
            .sample(new Identity(), Shape.of(3, 7, 5))
            .sample(new Identity(), Shape.of(11));

    @Override
    public OpDef<Identity> def() {
        return DEF;
    }
}
