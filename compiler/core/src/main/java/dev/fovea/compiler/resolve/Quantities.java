package dev.fovea.compiler.resolve;

import java.util.List;

/** What an {@code expect} can measure. */
public final class Quantities {
    /** The trainable parameters at inference. */
    public static final String PARAMETERS = "parameters";
    /** The multiply-adds of one sample at inference. */
    public static final String MACS = "macs";
    /** The bytes of the memory plan. */
    public static final String MEMORY = "memory";
    /** The rows and columns of an input that one element of a tensor sees. */
    public static final String RECEPTIVE_FIELD = "receptive_field";
    /** The shape of a tensor. */
    public static final String SHAPE = "shape";

    /** All of them. */
    public static final List<String> NAMES = List.of(PARAMETERS, MACS, MEMORY, RECEPTIVE_FIELD, SHAPE);

    /** The words that {@code memory} takes. */
    public static final List<String> MODES = List.of("train", "infer");

    private Quantities() {}
}
