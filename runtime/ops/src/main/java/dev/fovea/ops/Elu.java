package dev.fovea.ops;

/**
 * Exponential linear unit (Clevert, Unterthiner and Hochreiter 2016).
 *
 * @param alpha what large negative elements approach, negated; not negative
 */
public record Elu(float alpha) implements Op {
    /** The definition. */
    public static final OpDef<Elu> DEF = OpDef.named("elu")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Clevert, Unterthiner and Hochreiter 2016")
            .summary("lets negative elements approach −alpha exponentially")
            .formula("y = x where x > 0, else alpha·(e^x − 1); dx = dy where y > 0, else dy·(y + alpha)")
            .notes("Alpha is not negative, so that the output's sign tells the input's and backward needs the output"
                    + " alone. The gradient at 0 is alpha·dy, as in PyTorch.")
            .input("x")
            .attribute(
                    "alpha",
                    AttributeType.FLOAT,
                    1f,
                    Limit.NOT_NEGATIVE,
                    "what large negative elements approach, negated")
            .build(a -> new Elu(a.real("alpha")), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new Elu(1f), Shape.of(5, 3, 7))
            .sample(new Elu(0.5f), Shape.of(19));

    @Override
    public OpDef<Elu> def() {
        return DEF;
    }
}
