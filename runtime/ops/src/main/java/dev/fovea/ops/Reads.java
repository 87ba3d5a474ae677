package dev.fovea.ops;

/** What backward reads of the forward pass, beside the gradient of the output and the parameters. */
public enum Reads {
    /** The inputs' values. */
    INPUTS,
    /** The output's values. */
    OUTPUT,
    /** What forward saved, see {@link Saved}. */
    SAVED
}
