package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Sigmoid;

/**
 * An auto-encoder whose units are seldom active (Ng, <i>Sparse autoencoder</i>, CS294A lecture notes, 2011): to the error of {@link
 * Autoencoder} is added beta times the sum over the units of the Kullback-Leibler divergence of rho from the unit's mean activation
 * over the batch.
 *
 * @param rho the mean activation aimed at
 * @param beta the weight of sparsity
 * @param tied whether the decoder uses the layer's weight, transposed
 */
public record SparseAutoencoder(float rho, float beta, boolean tied, Visible visible) implements Pretraining {
    /** The definition. */
    public static final Def<SparseAutoencoder> DEF = Def.named("sparse_autoencoder")
            .summary("makes each layer give its input back with few active units")
            .attribute("rho", AttributeType.FLOAT, 0.05f, Limit.INSIDE, "mean activation aimed at")
            .attribute("beta", AttributeType.FLOAT, 1f, Limit.NOT_NEGATIVE, "weight of sparsity")
            .attribute("tied", AttributeType.BOOL, true, Limit.ANY, "decode with the transpose of the layer's weight")
            .attribute("visible", Visible.TYPE, "bernoulli", Limit.ANY, "what the input's elements are")
            .build(a -> new SparseAutoencoder(
                    a.real("rho"), a.real("beta"), a.flag("tied"), Visible.of(a.text("visible"))));

    @Override
    public Op decoder(StackedLayer layer) throws Misfit {
        if (layer.activation().filter(Sigmoid.class::isInstance).isEmpty()) {
            throw Mirror.misfit(
                    layer,
                    "has no `sigmoid` behind it, and the mean activation of other units is no probability",
                    "put `-> sigmoid` behind it, or train it with `autoencoder()`");
        }
        Op back = Mirror.of(layer, tied, "an auto-encoder");
        Mirror.requireProbabilities(layer, visible);
        return back;
    }

    @Override
    public Def<SparseAutoencoder> def() {
        return DEF;
    }
}
