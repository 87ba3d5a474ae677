package dev.fovea.ops;

/**
 * The mean of each of so many bins, see {@link Bins}.
 *
 * @param size of the output
 */
public record AdaptiveAvgPool(Pair size) implements Op {
    /** The definition. */
    public static final OpDef<AdaptiveAvgPool> DEF = OpDef.named("adaptive_avgpool")
            .family(OperatorFamily.POOLING)
            .outputShape("[C, h, w] of [C, H, W], (h, w) the size given")
            .source("He et al. 2014, spatial pyramid pooling")
            .summary("takes the means of a given number of bins")
            .formula("y[c, i, j] = mean of x[c, h, w] over bin i of the rows and bin j of the columns")
            .notes(
                    "PyTorch's AdaptiveAvgPool2d: bin i of H' along H rows reaches from floor(i·H/H') to ceil((i + 1)·H/H'), so bins may overlap.")
            .input("x")
            .required("size", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the output")
            .build(
                    a -> new AdaptiveAvgPool(a.pair("size")),
                    (op, inputs, findings) -> op.infer(inputs.get(0), findings))
            .sample(new AdaptiveAvgPool(new Pair(6, 2)), Shape.of(3, 7, 5))
            .sample(new AdaptiveAvgPool(new Pair(3, 4)), Shape.of(5, 6, 8))
            .sample(new AdaptiveAvgPool(new Pair(5, 7)), Shape.of(6, 3, 4));

    private Shape infer(Shape input, Findings findings) throws Misfit {
        Require.image("adaptive_avgpool", input);
        Bins.report(input, size, findings);
        return Shape.of(input.channels(), size.height(), size.width());
    }

    @Override
    public OpDef<AdaptiveAvgPool> def() {
        return DEF;
    }
}
