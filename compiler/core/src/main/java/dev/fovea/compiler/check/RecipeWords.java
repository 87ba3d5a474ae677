package dev.fovea.compiler.check;

import dev.fovea.ops.Attribute;
import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Registry;
import java.util.List;
import java.util.Optional;

/** What recipes can name that has no record in the runtime: rules of clipping and saving, methods for single layers. */
public final class RecipeWords {
    /** The bound on the norm of all gradients. */
    public static final Registry<Float> RULES = Registry.of(Def.named("norm")
            .summary("scales all gradients down so that their norm is at most this")
            .required("max", AttributeType.FLOAT, Limit.POSITIVE, "the bound")
            .build(a -> a.real("max")));

    /** A seed: any int. */
    static final Attribute SEED = new Attribute(
            "seed",
            new AttributeType("an int", List.of(), raw -> raw instanceof Long ? Optional.of(raw) : Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            Limit.ANY,
            "of all random numbers");

    /** How single layers are trained; by name. */
    public static final Registry<String> LAYERWISE = Registry.of(
            Def.named("autoencoder")
                    .summary("makes each layer reproduce its input")
                    .build(a -> "autoencoder"),
            Def.named("denoising_autoencoder")
                    .summary("makes each layer reproduce its input from a corrupted one (Vincent et al. 2008)")
                    .attribute("corruption", AttributeType.FLOAT, 0.3f, Limit.PROBABILITY, "share of elements set to 0")
                    .build(a -> "denoising_autoencoder"),
            Def.named("rbm")
                    .summary("trains each layer by contrastive divergence (Hinton 2002)")
                    .attribute("cd", AttributeType.INT, 1, Limit.AT_LEAST_ONE, "Gibbs steps")
                    .build(a -> "rbm"),
            Def.named("sparse_autoencoder")
                    .summary("makes each layer reproduce its input with few active units")
                    .attribute("rho", AttributeType.FLOAT, 0.05f, Limit.FRACTION, "mean activation aimed at")
                    .attribute("beta", AttributeType.FLOAT, 1f, Limit.NOT_NEGATIVE, "weight of sparsity")
                    .build(a -> "sparse_autoencoder"));

    /** When checkpoints are kept. */
    public static final Registry<Integer> CHECKPOINTS = Registry.of(Def.named("every")
            .summary("keeps one every so many epochs")
            .required("epochs", AttributeType.INT, Limit.AT_LEAST_ONE, "from one to the next")
            .build(a -> a.integer("epochs")));

    private RecipeWords() {}
}
