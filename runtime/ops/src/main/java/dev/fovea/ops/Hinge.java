package dev.fovea.ops;

import java.util.List;

/**
 * The multi-class hinge loss of scores {@code [n]} and a class index, a float in {@code [1]}: that of a support vector
 * machine.
 *
 * @param margin by which the right score is to exceed the others
 */
public record Hinge(float margin) implements Op {
    /** The definition. */
    public static final OpDef<Hinge> DEF = OpDef.named("hinge")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of scores [n] and a class, or of scores [n, H, W] and classes [H, W]")
            .source("Weston and Watkins 1999")
            .summary("measures by how much scores fall short of a margin before the right one")
            .formula("y = Σ_{c ≠ label} max(0, margin − x[label] + x[c]) / n")
            .notes("PyTorch's MultiMarginLoss with p = 1 (Weston and Watkins 1999). The label has no gradient.")
            .input("scores")
            .label("label")
            .attribute("margin", AttributeType.FLOAT, 1f, Limit.POSITIVE, "by which the right score is to win")
            .build(a -> new Hinge(a.real("margin")), (op, inputs, findings) -> infer(inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new Hinge(0.7f), Shape.of(10), Shape.of(1))
            .sample(new Hinge(0.35f), Shape.of(7), Shape.of(1));

    private static Shape infer(Shape scores, Shape label) throws Misfit {
        if (scores.rank() != 1) {
            throw new Misfit(
                    "CNN0310",
                    "`hinge` needs a vector of scores",
                    "the scores are " + scores + ", of rank " + scores.rank(),
                    List.of("put `flatten` or a pooling before it"));
        }
        return LossShapes.classes("hinge", scores, label);
    }

    @Override
    public OpDef<Hinge> def() {
        return DEF;
    }
}
