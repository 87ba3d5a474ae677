package dev.fovea.ops;

/** The product of two tensors of one shape, element by element. */
public record Mul() implements Op {
    /** The definition. */
    public static final OpDef<Mul> DEF = OpDef.named("mul")
            .family(OperatorFamily.JOIN)
            .outputShape("that of the inputs, which agree")
            .summary("multiplies two tensors of one shape")
            .formula("y = a·b; da = dy·b, db = dy·a")
            .notes(
                    "Shapes must agree: nothing is ever broadcast. `scale` multiplies the channels of an image by a vector.")
            .input("a")
            .input("b")
            .build(a -> new Mul(), (op, inputs, findings) -> Joins.same("multiply", inputs))
            .backwardReads(Reads.INPUTS)
            .sample(new Mul(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new Mul(), Shape.of(19), Shape.of(19));

    @Override
    public OpDef<Mul> def() {
        return DEF;
    }
}
