package dev.fovea.ops;

/** What a pass or the memory plan may do with an operator, without knowing its name. */
public enum Trait {
    /** The output has the input's elements in the input's order: it needs no memory and no kernel of its own. */
    VIEW,
    /** The output may be written over the input, and the input's gradient over the output's: element by element. */
    IN_PLACE,
    /**
     * The gradient of each input is the output's as it is, and may share its place with it and with the others; while training too the output may be written over one of
     * two inputs, element by element.
     */
    SUM,
    /** Passes its input on unchanged when not training. */
    IDENTITY_AT_INFERENCE,
    /** Can apply an {@link #ACTIVATION} to each element as it stores it. */
    TAKES_ACTIVATION,
    /** Element-wise without parameters, its backward reads the output alone: may be fused into the operator before it. */
    ACTIVATION,
    /** At inference it may be written over its input, and be done by the {@link #TAKES_FOLDS} operator that gives it. */
    FOLDS,
    /** Its kernel may at inference also do a {@link #FOLDS} operator that follows. */
    TAKES_FOLDS,
    /** Bends each element by itself, so that layers on both sides are more than one: two in a row are rarely meant. */
    NONLINEARITY,
    /** Subtracts each channel's mean: a bias before it has no effect. */
    SUBTRACTS_MEAN,
    /** The output is a distribution over the channels, or its logarithm. */
    PROBABILITIES,
    /** A loss that makes a distribution of its prediction itself: {@link #PROBABILITIES} before it are a mistake. */
    TAKES_LOGITS,
    /** A loss: the inputs are the prediction and, but for penalties, the target; the output is one value a sample. */
    LOSS,
    /** Each sample's output depends on all samples of the batch, while testing too. */
    CROSSES_SAMPLES
}
