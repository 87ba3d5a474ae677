package dev.fovea.testkit;

/**
 * How the tensors of a case are laid out, and which gradients are asked for.
 *
 * @param name for the test's name
 * @param training as opposed to inference, where there are no gradients
 * @param strided each tensor is a slice of a wider one
 * @param accumulate gradients are added to what is there
 * @param inPlace the output shares the first input's memory, and so do their gradients
 * @param oneGradient of a sum in place: it shares the last input's memory instead, and all gradients are one
 * @param inputGradients whether the inputs have gradients
 */
record Wiring(
        String name,
        boolean training,
        boolean strided,
        boolean accumulate,
        boolean inPlace,
        boolean oneGradient,
        boolean inputGradients) {
    static final Wiring INFERENCE = new Wiring("inference", false, false, false, false, false, false);
    static final Wiring INFERENCE_IN_PLACE =
            new Wiring("inference over the input", false, false, false, true, false, false);
    static final Wiring TRAINING = new Wiring("forward and backward", true, false, false, false, false, true);
    static final Wiring STRIDED = new Wiring("in slices of wider tensors", true, true, false, false, false, true);
    static final Wiring ACCUMULATING = new Wiring("adds to gradients", true, false, true, false, false, true);
    static final Wiring IN_PLACE = new Wiring("in place", true, false, false, true, false, true);
    static final Wiring ONE_GRADIENT =
            new Wiring("over the last input, with one gradient", true, false, false, true, true, true);
    static final Wiring WITHOUT_INPUT_GRADIENTS =
            new Wiring("gradients of parameters alone", true, true, false, false, false, false);
}
