package dev.fovea.compiler.check;

import dev.fovea.ops.Attribute;
import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Registry;
import dev.fovea.ops.recipe.Regime;
import java.util.List;
import java.util.Optional;

/** What recipes can name that has no record in the runtime: rules of clipping, ending, keeping and saving. */
public final class RecipeWords {
    /** How gradients are clipped: as one, or each element. */
    public record Clip(Optional<Float> norm, Optional<Float> value) {}

    /** The rules of clipping. */
    public static final Registry<Clip> RULES = Registry.of(
            Def.named("norm")
                    .summary("scales all gradients down so that their norm is at most this (PyTorch's clip_grad_norm_)")
                    .required("max", AttributeType.FLOAT, Limit.POSITIVE, "the bound")
                    .build(a -> new Clip(Optional.of(a.real("max")), Optional.empty())),
            Def.named("value")
                    .summary("bounds each element of the gradients (PyTorch's clip_grad_value_)")
                    .required("max", AttributeType.FLOAT, Limit.POSITIVE, "the bound, on both sides of 0")
                    .build(a -> new Clip(Optional.empty(), Optional.of(a.real("max")))));

    /** When a phase ends before its last epoch. */
    public static final Registry<Regime.Stop> STOPS = Registry.of(Def.named("early")
            .summary("ends the phase when a figure of the test has not become better for some epochs")
            .attribute("metric", AttributeType.TEXT, Regime.LOSS, Limit.ANY, "\"loss\" or a metric of the phase")
            .attribute("patience", AttributeType.INT, 5, Limit.AT_LEAST_ONE, "the epochs in a row")
            .attribute("min_delta", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "by how much it must be better")
            .build(a -> new Regime.Stop(a.text("metric"), a.integer("patience"), a.real("min_delta"))));

    /** Which weights a phase ends with: the name of the figure. */
    public static final Registry<String> KEEPS = Registry.of(Def.named("best")
            .summary("ends the phase with the weights of the epoch whose figure was best")
            .attribute("metric", AttributeType.TEXT, Regime.LOSS, Limit.ANY, "\"loss\" or a metric of the phase")
            .build(a -> a.text("metric")));

    /** How weights are averaged over the updates: the share that is kept. */
    public static final Registry<Float> AVERAGES = Registry.of(Def.named("ema")
            .summary("tests and saves an exponential moving average of the weights")
            .attribute("decay", AttributeType.FLOAT, 0.999f, Limit.INSIDE, "the share kept at each update")
            .build(a -> a.real("decay")));

    /** A seed: any int. */
    static final Attribute SEED = new Attribute(
            "seed",
            new AttributeType("an int", List.of(), raw -> raw instanceof Long ? Optional.of(raw) : Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            Limit.ANY,
            "of all random numbers");

    /** When checkpoints are kept. */
    public static final Registry<Integer> CHECKPOINTS = Registry.of(Def.named("every")
            .summary("keeps one every so many epochs")
            .required("epochs", AttributeType.INT, Limit.AT_LEAST_ONE, "from one to the next")
            .build(a -> a.integer("epochs")));

    private RecipeWords() {}
}
