package dev.fovea.ops;

/**
 * Rectified linear unit with a slope for negative elements (Maas, Hannun and Ng 2013).
 *
 * @param slope of the negative half, not negative
 */
public record LeakyRelu(float slope) implements Op {
    /** The definition. */
    public static final OpDef<LeakyRelu> DEF = OpDef.named("leaky_relu")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Maas, Hannun and Ng 2013")
            .summary("multiplies negative elements by a slope")
            .formula("y = x where x > 0, else slope·x; dx = dy where y > 0, else slope·dy")
            .notes("The slope is not negative, so that the output's sign tells the input's.")
            .input("x")
            .attribute("slope", AttributeType.FLOAT, 0.01f, Limit.NOT_NEGATIVE, "of the negative half")
            .build(a -> new LeakyRelu(a.real("slope")), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new LeakyRelu(0.01f), Shape.of(5, 3, 7))
            .sample(new LeakyRelu(0.25f), Shape.of(19));

    @Override
    public OpDef<LeakyRelu> def() {
        return DEF;
    }
}
