package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;

/** The shape rules that losses share. Each gives {@code [1]}, or CNN0310 or CNN0313. */
final class LossShapes {
    private LossShapes() {}

    /** A prediction and a target of one shape. */
    static Shape alike(Shape prediction, Shape target) throws Misfit {
        if (!prediction.equals(target)) {
            throw new Misfit(
                    "CNN0313",
                    "the prediction and the target do not agree",
                    "the prediction is " + prediction + ", the target " + target,
                    prediction.size() == target.size()
                            ? List.of("`reshape(" + target + ")` or `flatten` the prediction")
                            : List.of("declare the target as " + prediction));
        }
        return Shape.of(1);
    }

    /** Scores {@code [n]} and a class, or scores {@code [n, H, W]} and a class for each pixel. */
    static Shape classes(String loss, Shape scores, Shape label) throws Misfit {
        Require.vectorOrImage(loss, scores);
        List<Integer> positions = new ArrayList<>(scores.extents().subList(1, scores.rank()));
        Shape wanted = positions.isEmpty() ? Shape.of(1) : Shape.of(positions);
        if (!label.equals(wanted)) {
            String target = scores.rank() == 1
                    ? "class(" + scores.channels() + ")"
                    : "class(" + scores.channels() + ", " + wanted + ")";
            throw new Misfit(
                    "CNN0313",
                    "the logits and the label do not agree",
                    "logits " + scores + " need labels " + wanted + ", not " + label,
                    List.of("declare the target as " + target));
        }
        return Shape.of(1);
    }
}
