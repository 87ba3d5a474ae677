package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import java.util.Locale;

/** What a denoising auto-encoder does to its input (Vincent et al. 2010, section 3.3). */
public enum Corruption {
    /** A share of the elements becomes 0. */
    MASKING,
    /** Normal noise of a standard deviation is added to all of them. */
    GAUSSIAN,
    /** A share of the elements becomes 0 or 1, with equal chance. */
    SALT_AND_PEPPER;

    static final AttributeType TYPE = AttributeType.oneOf("masking", "gaussian", "salt_and_pepper");

    static Corruption of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
