package dev.fovea.ops;

/** The difference of two tensors of one shape. */
public record Sub() implements Op {
    /** The definition. */
    public static final OpDef<Sub> DEF = OpDef.named("sub")
            .family(OperatorFamily.JOIN)
            .outputShape("that of the inputs, which agree")
            .summary("subtracts a tensor from another of its shape")
            .formula("y = a − b; da = dy, db = −dy")
            .notes("Shapes must agree: nothing is ever broadcast.")
            .input("a")
            .input("b")
            .build(a -> new Sub(), (op, inputs, findings) -> Joins.same("subtract", inputs))
            .sample(new Sub(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new Sub(), Shape.of(19), Shape.of(19));

    @Override
    public OpDef<Sub> def() {
        return DEF;
    }
}
