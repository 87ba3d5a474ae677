package dev.fovea.ops;

import java.util.List;

/**
 * One learned factor for each channel, small at first, so that a residual branch begins as nearly nothing (Touvron et al.
 * 2021, ConvNeXt): a parameter {@code [C]} with the name of the layer.
 *
 * @param init the factors before training
 */
public record LayerScale(float init) implements Op {
    /** The definition. */
    public static final OpDef<LayerScale> DEF = OpDef.named("layer_scale")
            .family(OperatorFamily.NORMALIZATION)
            .outputShape("that of the input, of rank 1 or 3")
            .source("Touvron et al. 2021")
            .summary("multiplies each channel by a learned factor")
            .formula("y[c] = x[c]·factor[c]; dfactor[c] = Σ dy[c]·x[c]")
            .notes(
                    "The factors are stored under the name of the layer itself. torchvision has them as [C, 1, 1]: as many numbers"
                            + " in the same order, which load.")
            .input("x")
            .attribute("init", AttributeType.FLOAT, 1e-6f, Limit.ANY, "the factors before training")
            .build(a -> new LayerScale(a.real("init")), (op, inputs, findings) -> {
                Require.vectorOrImage("layer_scale", inputs.get(0));
                return inputs.get(0);
            })
            .parameters((op, inputs, output) -> List.of(
                    Parameter.trainable("", Shape.of(output.channels()), Initializer.constant(op.init()), 1, 1)))
            .backwardReads(Reads.INPUTS)
            .sample(new LayerScale(1e-6f), Shape.of(5, 3, 7))
            .sample(new LayerScale(1f), Shape.of(19));

    @Override
    public OpDef<LayerScale> def() {
        return DEF;
    }
}
