package dev.fovea.ops;

/**
 * Local response normalisation across channels (Krizhevsky, Sutskever and Hinton 2012).
 *
 * @param size the channels in the window, odd; at the first and last channels it is cut off
 * @param alpha the weight of the energy
 * @param beta the exponent
 * @param k keeps the base away from zero
 * @param divideAlpha whether alpha is divided by size
 */
public record Lrn(int size, float alpha, float beta, float k, boolean divideAlpha) implements Op {
    /** The definition. */
    public static final OpDef<Lrn> DEF = OpDef.named("lrn")
            .family(OperatorFamily.NORMALIZATION)
            .outputShape("that of the input, an image")
            .source("Krizhevsky, Sutskever and Hinton 2012")
            .summary("divides each element by a power of the energy of its neighbouring channels")
            .formula("y[c] = x[c] / (k + a·Σ x[i]²)^beta over |i − c| ≤ (size − 1)/2, a = alpha/size")
            .notes(
                    "PyTorch, Caffe and ONNX divide alpha by size, whatever the window's cut; the AlexNet paper does not:"
                            + " divide_alpha=false. PyTorch's default for k is 1, the paper's 2.")
            .input("x")
            .attribute("size", AttributeType.INT, 5, Limit.ODD, "channels in the window")
            .attribute("alpha", AttributeType.FLOAT, 1e-4f, Limit.NOT_NEGATIVE, "weight of the energy")
            .attribute("beta", AttributeType.FLOAT, 0.75f, Limit.NOT_NEGATIVE, "exponent")
            .attribute("k", AttributeType.FLOAT, 2f, Limit.POSITIVE, "offset that keeps the base away from zero")
            .attribute("divide_alpha", AttributeType.BOOL, true, Limit.ANY, "divide alpha by size")
            .build(
                    a -> new Lrn(
                            a.integer("size"), a.real("alpha"), a.real("beta"), a.real("k"), a.flag("divide_alpha")),
                    (op, inputs, findings) -> {
                        Require.image("lrn", inputs.get(0));
                        return inputs.get(0);
                    })
            .backwardReads(Reads.INPUTS)
            .sample(new Lrn(3, 1e-1f, 0.75f, 1f, true), Shape.of(7, 3, 5))
            .sample(new Lrn(5, 5e-2f, 0.5f, 2f, false), Shape.of(11, 4, 3))
            .sample(new Lrn(5, 1e-1f, 0.75f, 2f, true), Shape.of(3, 4, 6));

    /** What the energy is multiplied by: alpha, or alpha / size. */
    public float scale() {
        return divideAlpha ? alpha / size : alpha;
    }

    @Override
    public OpDef<Lrn> def() {
        return DEF;
    }
}
