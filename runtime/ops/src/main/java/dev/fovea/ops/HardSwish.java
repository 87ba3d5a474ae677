package dev.fovea.ops;

/**
 * Swish with the sigmoid of straight lines (Howard et al. 2019, MobileNetV3).
 */
public record HardSwish() implements Op {
    /** The definition. */
    public static final OpDef<HardSwish> DEF = OpDef.named("hardswish")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Howard et al. 2019")
            .summary("multiplies each element by its hardsigmoid")
            .formula("y = x·hardsigmoid(x); dx = dy·(hardsigmoid(x) + x/6 where −3 < x < 3)")
            .notes("PyTorch's Hardswish. The gradient at −3 is 0, at 3 it is dy. Two inputs have the same output, so"
                    + " backward needs the input and nothing fuses it.")
            .input("x")
            .build(a -> new HardSwish(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.NONLINEARITY)
            .sample(new HardSwish(), Shape.of(5, 3, 7))
            .sample(new HardSwish(), Shape.of(19));

    @Override
    public OpDef<HardSwish> def() {
        return DEF;
    }
}
