package dev.fovea.ops;

import java.util.Locale;

/** How the pixels of a larger image come from those of a smaller one. */
public enum Interpolation {
    /** The nearest one. */
    NEAREST,
    /** Along both axes the two nearest, the nearer the more. */
    BILINEAR;

    /** The argument of an upsampling. */
    static final AttributeType TYPE = AttributeType.oneOf("nearest", "bilinear");

    static Interpolation of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
