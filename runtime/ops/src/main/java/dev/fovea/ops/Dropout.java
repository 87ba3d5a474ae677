package dev.fovea.ops;

/**
 * Drops elements at random while training (Srivastava et al. 2014).
 *
 * @param p the probability of dropping an element, less than 1
 */
public record Dropout(float p) implements Op {
    /** The definition. */
    public static final OpDef<Dropout> DEF = OpDef.named("dropout")
            .family(OperatorFamily.REGULARIZATION)
            .outputShape("that of the input")
            .source("Srivastava et al. 2014")
            .summary("sets elements to zero at random while training")
            .formula("y = x·m/(1 − p) with m = 0 with probability p, else 1; y = x at inference")
            .notes(
                    "Inverted scaling as in PyTorch. The mask is drawn again for backward from the run's counter-based random numbers: nothing is saved.")
            .input("x")
            .attribute("p", AttributeType.FLOAT, 0.5f, Limit.FRACTION, "the probability of dropping an element")
            .build(a -> new Dropout(a.real("p")), (op, inputs, findings) -> inputs.get(0))
            .traits(Trait.IN_PLACE, Trait.IDENTITY_AT_INFERENCE)
            .sample(new Dropout(0.5f), Shape.of(5, 3, 7))
            .sample(new Dropout(0.2f), Shape.of(19));

    @Override
    public OpDef<Dropout> def() {
        return DEF;
    }
}
