package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;

/**
 * An auto-encoder a layer (Bengio, Lamblin, Popovici and Larochelle, <i>Greedy Layer-Wise Training of Deep Networks</i>, 2006). What
 * becomes small is the error of what comes back, summed over the elements of a sample, its mean over the batch: the cross entropy for
 * Bernoulli elements, the squared error for others.
 *
 * @param tied whether the decoder uses the layer's weight, transposed
 */
public record Autoencoder(boolean tied, Visible visible) implements Pretraining {
    /** The definition. */
    public static final Def<Autoencoder> DEF = Def.named("autoencoder")
            .summary("makes each layer's output enough to give its input back")
            .attribute("tied", AttributeType.BOOL, true, Limit.ANY, "decode with the transpose of the layer's weight")
            .attribute("visible", Visible.TYPE, "bernoulli", Limit.ANY, "what the input's elements are")
            .build(a -> new Autoencoder(a.flag("tied"), Visible.of(a.text("visible"))));

    @Override
    public Op decoder(StackedLayer layer) throws Misfit {
        Op back = Mirror.of(layer, tied, "an auto-encoder");
        Mirror.requireProbabilities(layer, visible);
        return back;
    }

    @Override
    public Def<Autoencoder> def() {
        return DEF;
    }
}
