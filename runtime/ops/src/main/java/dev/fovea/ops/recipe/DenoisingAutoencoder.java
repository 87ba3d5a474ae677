package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;

/**
 * An auto-encoder that is shown its input spoilt and is to give it back whole (Vincent, Larochelle, Lajoie, Bengio and Manzagol,
 * <i>Stacked Denoising Autoencoders</i>, 2010). The rest is as in {@link Autoencoder}.
 *
 * @param corruption the share of the elements that is spoilt; of gaussian noise the standard deviation
 * @param noise how they are spoilt
 * @param tied whether the decoder uses the layer's weight, transposed
 */
public record DenoisingAutoencoder(float corruption, Corruption noise, boolean tied, Visible visible)
        implements Pretraining {
    /** The definition. */
    public static final Def<DenoisingAutoencoder> DEF = Def.named("denoising_autoencoder")
            .summary("makes each layer give its input back from a spoilt one (Vincent et al. 2008)")
            .attribute(
                    "corruption",
                    AttributeType.FLOAT,
                    0.3f,
                    Limit.FRACTION,
                    "share of elements spoilt, or standard deviation of gaussian noise")
            .attribute("noise", Corruption.TYPE, "masking", Limit.ANY, "how they are spoilt")
            .attribute("tied", AttributeType.BOOL, true, Limit.ANY, "decode with the transpose of the layer's weight")
            .attribute("visible", Visible.TYPE, "bernoulli", Limit.ANY, "what the input's elements are")
            .build(a -> new DenoisingAutoencoder(
                    a.real("corruption"),
                    Corruption.of(a.text("noise")),
                    a.flag("tied"),
                    Visible.of(a.text("visible"))));

    @Override
    public Op decoder(StackedLayer layer) throws Misfit {
        Op back = Mirror.of(layer, tied, "an auto-encoder");
        Mirror.requireProbabilities(layer, visible);
        return back;
    }

    @Override
    public Def<DenoisingAutoencoder> def() {
        return DEF;
    }
}
