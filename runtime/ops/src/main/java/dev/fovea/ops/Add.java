package dev.fovea.ops;

/** The sum of tensors of one shape. */
public record Add() implements Op {
    /** The definition. */
    public static final OpDef<Add> DEF = OpDef.named("add")
            .family(OperatorFamily.JOIN)
            .outputShape("that of the inputs, which agree")
            .source("He et al. 2015, Deep Residual Learning")
            .summary("adds tensors of one shape")
            .formula("y = a + b + …; da = db = … = dy")
            .notes("Residual connections (He et al. 2015). Shapes must agree: nothing is ever broadcast.")
            .inputs("a", "b")
            .build(a -> new Add(), (op, inputs, findings) -> Joins.same("add", inputs))
            .traits(Trait.TAKES_ACTIVATION, Trait.FOLDS, Trait.SUM)
            .sample(new Add(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new Add(), Shape.of(19), Shape.of(19), Shape.of(19))
            .sample(new Add(), Shape.of(3, 4));

    @Override
    public OpDef<Add> def() {
        return DEF;
    }
}
