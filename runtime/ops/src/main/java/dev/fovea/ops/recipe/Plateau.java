package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * The rate falls when the loss no longer does: PyTorch's ReduceLROnPlateau with mode "min" and threshold_mode "rel". After
 * each epoch it is told the loss on the samples set aside, or where there are none that of the training; when that was not
 * below (1 − threshold) times the best for more than patience epochs, the rate is multiplied by the factor.
 *
 * @param factor the factor
 * @param patience the epochs without a better loss that are borne
 * @param threshold by what share a loss must be lower to be better
 * @param cooldown the epochs after a fall that do not count
 * @param least the lowest rate
 * @param warmupEpochs the epochs of linear rise before it
 */
public record Plateau(float factor, int patience, float threshold, int cooldown, float least, int warmupEpochs)
        implements Schedule {
    /** The definition. */
    public static final Def<Plateau> DEF = Def.named("plateau")
            .summary("multiplies the learning rate by a factor when the loss no longer falls")
            .notes(
                    "PyTorch's ReduceLROnPlateau with mode min and threshold_mode rel: it is told after each epoch the loss on the test part, or where there is none that of the training.")
            .attribute("factor", AttributeType.FLOAT, 0.1f, Limit.FRACTION, "the factor")
            .attribute(
                    "patience",
                    AttributeType.INT,
                    10,
                    Limit.NOT_NEGATIVE,
                    "epochs without a better loss that are borne")
            .attribute(
                    "threshold",
                    AttributeType.FLOAT,
                    1e-4f,
                    Limit.FRACTION,
                    "by what share a loss must be lower to be better")
            .attribute("cooldown", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "epochs after a fall that do not count")
            .attribute("min_lr", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "the lowest rate")
            .attribute(
                    "warmup_epochs", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "epochs of linear rise from 0 before it")
            .build(a -> new Plateau(
                    a.real("factor"),
                    a.integer("patience"),
                    a.real("threshold"),
                    a.integer("cooldown"),
                    a.real("min_lr"),
                    a.integer("warmup_epochs")));

    @Override
    public Def<Plateau> def() {
        return DEF;
    }
}
