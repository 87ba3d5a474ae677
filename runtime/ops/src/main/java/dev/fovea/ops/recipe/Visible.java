package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import java.util.Locale;

/** What the elements of a layer's input are to the machine that learns to give them back. */
public enum Visible {
    /** Probabilities: 0 to 1. They come back through a logistic function. */
    BERNOULLI,
    /** Numbers of variance 1 around what comes back: a linear function. Data should be normalised so. */
    GAUSSIAN;

    static final AttributeType TYPE = AttributeType.oneOf("bernoulli", "gaussian");

    static Visible of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
