package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Sigmoid;

/**
 * A restricted Boltzmann machine a layer, trained by contrastive divergence (Hinton, <i>Training Products of Experts by Minimizing
 * Contrastive Divergence</i>, 2002; details after Hinton, <i>A Practical Guide to Training Restricted Boltzmann Machines</i>, 2010).
 * With W and b the layer's weight and bias and a the bias of the visible units, E(v, h) = −a·v − b·h − h·W·v for Bernoulli visible
 * units, and ½‖v − a‖² in the place of −a·v for Gaussian ones of variance 1.
 *
 * @param cd k of CD-k: the Gibbs steps from the data to the reconstruction
 */
public record Rbm(int cd, Visible visible) implements Pretraining {
    /** The definition. */
    public static final Def<Rbm> DEF = Def.named("rbm")
            .summary("trains each layer as a Boltzmann machine by contrastive divergence (Hinton 2002)")
            .attribute("cd", AttributeType.INT, 1, Limit.AT_LEAST_ONE, "Gibbs steps")
            .attribute("visible", Visible.TYPE, "bernoulli", Limit.ANY, "what the input's elements are")
            .build(a -> new Rbm(a.integer("cd"), Visible.of(a.text("visible"))));

    @Override
    public Op decoder(StackedLayer layer) throws Misfit {
        if (!(layer.op() instanceof Dense)) {
            throw Mirror.misfit(
                    layer,
                    "is `" + layer.op().name() + "`, a Boltzmann machine is made of a `dense` layer",
                    "train a convolution with `autoencoder()` or `denoising_autoencoder()`");
        }
        if (layer.activation().filter(Sigmoid.class::isInstance).isEmpty()) {
            String found = layer.activation()
                    .map(op -> "`" + op.name() + "` behind it")
                    .orElse("nothing behind it");
            throw Mirror.misfit(
                    layer,
                    "has " + found + ", the hidden units of a Boltzmann machine are on with probability sigmoid",
                    "put `-> sigmoid` behind it, or train it with `autoencoder()`");
        }
        Mirror.requireProbabilities(layer, visible);
        return Mirror.of(layer, true, "a Boltzmann machine");
    }

    @Override
    public Def<Rbm> def() {
        return DEF;
    }
}
