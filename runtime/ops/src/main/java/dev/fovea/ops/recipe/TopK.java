package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * The share of samples (or pixels) whose label is among the k largest logits; of equal logits the first counts.
 *
 * @param k how many
 */
public record TopK(int k) implements Metric {
    /** The definition. */
    public static final Def<TopK> DEF = Def.named("top_k")
            .summary("measures how often the label is among the k largest logits")
            .notes(
                    "The share of samples, or of places of a map; of equal logits the first counts. In tables it is called `top5` and so on.")
            .attribute("k", AttributeType.INT, 5, Limit.AT_LEAST_ONE, "how many")
            .build(a -> new TopK(a.integer("k")));

    @Override
    public Def<TopK> def() {
        return DEF;
    }

    @Override
    public String label() {
        return "top" + k;
    }
}
