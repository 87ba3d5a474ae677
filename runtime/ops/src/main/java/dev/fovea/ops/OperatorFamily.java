package dev.fovea.ops;

/** What operators are grouped by in the reference: in the order of its headings. */
public enum OperatorFamily {
    /** Multiplies by weights. */
    WEIGHTS("Convolutions and dense layers"),
    /** Makes one element of many, or the reverse. */
    POOLING("Pooling"),
    /** Keeps the size of activations in bounds. */
    NORMALIZATION("Normalisation"),
    /** Bends each element, or turns all into probabilities. */
    ACTIVATION("Activations"),
    /** Acts while training only. */
    REGULARIZATION("Dropout and noise"),
    /** Makes one tensor of several. */
    JOIN("Joins"),
    /** Moves elements about, and lets them be. */
    REARRANGEMENT("Shapes and places"),
    /** Measures; only in a recipe. */
    LOSS("Losses");

    private final String title;

    OperatorFamily(String title) {
        this.title = title;
    }

    /** Its heading. */
    public String title() {
        return title;
    }
}
