package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Shape;

/**
 * Mixes each sample of a batch with another one of it, and what they are compared with alike (Zhang, Cissé, Dauphin and Lopez-Paz 2018). A
 * batch draws one share λ from Beta(alpha, alpha) and one permutation: x becomes λ·x + (1 − λ)·x', and a loss L becomes λ·L(y) + (1 − λ)·L(y').
 *
 * @param alpha the strength: near 0 samples stay as they are, at 1 every share is equally likely
 */
public record Mixup(float alpha) implements Augmentation {
    /** The definition. */
    public static final Def<Mixup> DEF = Def.named("mixup")
            .summary("mixes each sample with another one of the batch, and what they are compared with")
            .notes(
                    "Zhang et al. 2018. A batch draws a share λ from Beta(alpha, alpha) and pairs its samples by chance: the input becomes"
                            + " λ·x + (1 − λ)·x', a loss λ·L(y) + (1 − λ)·L(y'), and metrics count y by λ and y' by 1 − λ. A confusion matrix, and"
                            + " what is worked out of one, counts the target with the larger share. It is the last step of an input; all inputs"
                            + " that are mixed are mixed alike, by one alpha.")
            .attribute("alpha", AttributeType.FLOAT, 1f, Limit.POSITIVE, "the strength; near 0 little is mixed")
            .build(a -> new Mixup(a.real("alpha")));

    /** Anything can be mixed. */
    @Override
    public void check(Shape input) {}

    @Override
    public boolean mixesSamples() {
        return true;
    }

    @Override
    public Def<Mixup> def() {
        return DEF;
    }
}
