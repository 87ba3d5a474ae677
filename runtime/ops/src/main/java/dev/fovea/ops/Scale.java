package dev.fovea.ops;

import java.util.List;

/** An image whose channels are multiplied by a vector each has one element of: squeeze-and-excitation (Hu et al. 2018). */
public record Scale() implements Op {
    /** The definition. */
    public static final OpDef<Scale> DEF = OpDef.named("scale")
            .family(OperatorFamily.JOIN)
            .outputShape("that of the image [C, H, W]; the other input is [C]")
            .source("Hu, Shen and Sun 2017")
            .summary("multiplies each channel of an image by an element of a vector")
            .formula("y[c, i, j] = x[c, i, j]·s[c]; dx = dy·s, ds[c] = Σ dy[c]·x[c]")
            .input("x")
            .input("s")
            .build(a -> new Scale(), (op, inputs, findings) -> infer(inputs))
            .backwardReads(Reads.INPUTS)
            .sample(new Scale(), Shape.of(5, 3, 7), Shape.of(5))
            .sample(new Scale(), Shape.of(4, 9, 6), Shape.of(4));

    private static Shape infer(List<Shape> inputs) throws Misfit {
        Shape x = inputs.get(0);
        Shape s = inputs.get(1);
        Require.image("scale", x);
        if (s.rank() == 1 && s.channels() == x.channels()) {
            return x;
        }
        throw new Misfit(
                "CNN0304",
                "the factors do not fit the channels",
                "the image is " + x + ", the factors are " + s + ": " + Formula.count(x.channels(), "channel")
                        + " need [" + x.channels() + "]",
                List.of(
                        s.rank() == 1
                                ? "end the branch that makes them with `dense(" + x.channels() + ")`"
                                : "take the means of its channels first: `global_avgpool`"));
    }

    @Override
    public OpDef<Scale> def() {
        return DEF;
    }
}
