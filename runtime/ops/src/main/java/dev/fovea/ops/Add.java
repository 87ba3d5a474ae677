package dev.fovea.ops;

import java.util.List;

/** The sum of tensors of one shape. */
public record Add() implements Op {
    /** The definition. */
    public static final OpDef<Add> DEF = OpDef.named("add")
            .summary("adds tensors of one shape")
            .formula("y = a + b + …; da = db = … = dy")
            .notes("Residual connections (He et al. 2015). Shapes must agree: nothing is ever broadcast.")
            .inputs("a", "b")
            .build(a -> new Add(), (op, inputs, findings) -> infer(inputs))
            .traits(Trait.TAKES_ACTIVATION)
            .sample(new Add(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new Add(), Shape.of(19), Shape.of(19), Shape.of(19))
            .sample(new Add(), Shape.of(3, 4));

    private static Shape infer(List<Shape> inputs) throws Misfit {
        Shape first = inputs.get(0);
        for (int i = 1; i < inputs.size(); i++) {
            if (!inputs.get(i).equals(first)) {
                throw new Misfit(
                        "CNN0304",
                        "the shapes to add do not agree",
                        "input 1 is " + first + ", input " + (i + 1) + " is " + inputs.get(i),
                        Joins.mends(first, inputs.get(i)));
            }
        }
        return first;
    }

    @Override
    public OpDef<Add> def() {
        return DEF;
    }
}
