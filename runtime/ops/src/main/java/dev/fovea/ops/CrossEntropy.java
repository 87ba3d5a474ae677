package dev.fovea.ops;

import java.util.List;

/**
 * The cross entropy of softmax of logits {@code [n]} and a class index, a float in {@code [1]}; or, a class a pixel, of
 * {@code [n, H, W]} and {@code [H, W]}, their mean.
 *
 * @param labelSmoothing the share of the target that is spread evenly over all classes
 * @param classWeights a factor for each class, for classes of which there are few; empty for 1
 */
public record CrossEntropy(float labelSmoothing, List<Float> classWeights) implements Op {
    /** The definition. */
    public static final OpDef<CrossEntropy> DEF = OpDef.named("cross_entropy")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of logits [n] and a class, or of logits [n, H, W] and classes [H, W]")
            .source("Bridle 1990; label smoothing: Szegedy et al. 2016")
            .summary("measures how unlikely the logits make the right class")
            .formula("y = −Σ_c w[c]·q[c]·log softmax(x)[c], q[c] = (1 − s)·[c = label] + s/n; mean over the positions")
            .notes(
                    "PyTorch's CrossEntropyLoss, before the mean over the batch. Smoothing: Szegedy et al. 2015. The label"
                            + " has no gradient. A weight scales its class's loss, and the batch's mean divides by the number of"
                            + " samples, as Keras's class_weight; PyTorch divides by the sum of the labels' weights.")
            .input("logits")
            .label("label")
            .attribute("label_smoothing", AttributeType.FLOAT, 0f, Limit.FRACTION, "share spread over all classes")
            .attribute("class_weights", AttributeType.FLOATS, List.of(), Limit.NOT_NEGATIVE, "a factor for each class")
            .build(
                    a -> new CrossEntropy(a.real("label_smoothing"), a.reals("class_weights")),
                    (op, inputs, findings) -> infer(op, inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS, Trait.TAKES_LOGITS)
            .sample(new CrossEntropy(0f), Shape.of(10), Shape.of(1))
            .sample(new CrossEntropy(0.1f), Shape.of(7), Shape.of(1))
            .sample(new CrossEntropy(0f), Shape.of(5, 3, 4), Shape.of(3, 4))
            .sample(new CrossEntropy(0.2f, List.of(0.5f, 2f, 1f)), Shape.of(3, 5, 4), Shape.of(5, 4))
            .sample(new CrossEntropy(0f, List.of(1f, 0.25f, 0f, 3f, 2f, 0.5f)), Shape.of(6), Shape.of(1));

    /** Copies the list. */
    public CrossEntropy {
        classWeights = List.copyOf(classWeights);
    }

    /** With all classes alike. */
    public CrossEntropy(float labelSmoothing) {
        this(labelSmoothing, List.of());
    }

    private static Shape infer(CrossEntropy op, Shape logits, Shape label) throws Misfit {
        Shape output = LossShapes.classes("cross_entropy", logits, label);
        int weights = op.classWeights.size();
        if (weights != 0 && weights != logits.channels()) {
            throw new Misfit(
                    "CNN0313",
                    "the class weights and the logits do not agree",
                    "class_weights has " + weights + " numbers, the logits " + logits + " tell apart "
                            + logits.channels() + " classes",
                    List.of("give " + logits.channels() + " numbers, one for each class"));
        }
        return output;
    }

    @Override
    public OpDef<CrossEntropy> def() {
        return DEF;
    }
}
