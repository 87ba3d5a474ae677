package dev.fovea.ops;

/** Strings the elements of a tensor together: {@code [C, H, W]} becomes {@code [C·H·W]}. */
public record Flatten() implements Op {
    /** The definition. */
    public static final OpDef<Flatten> DEF = OpDef.named("flatten")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("[C·H·W] of [C, H, W]")
            .summary("strings the elements together to a vector")
            .formula("y[(c·H + h)·W + w] = x[c, h, w]")
            .notes("PyTorch's Flatten; Keras strings the channels together last. A vector stays as it is.")
            .input("x")
            .build(
                    a -> new Flatten(),
                    (op, inputs, findings) ->
                            Shape.of(Math.toIntExact(inputs.get(0).size())))
            .traits(Trait.VIEW)
            .sample(new Flatten(), Shape.of(3, 7, 5))
            .sample(new Flatten(), Shape.of(11));

    @Override
    public OpDef<Flatten> def() {
        return DEF;
    }
}
