package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * The cross entropy of softmax of logits {@code [n]} and a class index, a float in {@code [1]}; or, a class a pixel, of
 * {@code [n, H, W]} and {@code [H, W]}, their mean.
 *
 * @param labelSmoothing the share of the target that is spread evenly over all classes
 */
public record CrossEntropy(float labelSmoothing) implements Op {
    /** The definition. */
    public static final OpDef<CrossEntropy> DEF = OpDef.named("cross_entropy")
            .summary("measures how unlikely the logits make the right class")
            .formula("y = −Σ_c q[c]·log softmax(x)[c], q[c] = (1 − s)·[c = label] + s/n; mean over the positions")
            .notes(
                    "PyTorch's CrossEntropyLoss, before the mean over the batch. Smoothing: Szegedy et al. 2015. The label"
                            + " has no gradient.")
            .input("logits")
            .label("label")
            .attribute("label_smoothing", AttributeType.FLOAT, 0f, Limit.FRACTION, "share spread over all classes")
            .build(
                    a -> new CrossEntropy(a.real("label_smoothing")),
                    (op, inputs, findings) -> infer(inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS, Trait.TAKES_LOGITS)
            .sample(new CrossEntropy(0f), Shape.of(10), Shape.of(1))
            .sample(new CrossEntropy(0.1f), Shape.of(7), Shape.of(1))
            .sample(new CrossEntropy(0f), Shape.of(5, 3, 4), Shape.of(3, 4));

    private static Shape infer(Shape logits, Shape label) throws Misfit {
        Require.vectorOrImage("cross_entropy", logits);
        List<Integer> positions = new ArrayList<>(logits.extents().subList(1, logits.rank()));
        Shape wanted = positions.isEmpty() ? Shape.of(1) : Shape.of(positions);
        if (!label.equals(wanted)) {
            String target = logits.rank() == 1
                    ? "class(" + logits.channels() + ")"
                    : "class(" + logits.channels() + ", " + wanted + ")";
            throw new Misfit(
                    "CNN0313",
                    "the logits and the label do not agree",
                    "logits " + logits + " need labels " + wanted + ", not " + label,
                    List.of("declare the target as " + target));
        }
        return Shape.of(1);
    }

    @Override
    public OpDef<CrossEntropy> def() {
        return DEF;
    }
}
