package dev.fovea.runtime.train;

import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Cosine;
import dev.fovea.ops.recipe.Schedule;
import dev.fovea.ops.recipe.Step;
import java.util.Map;

/**
 * The arithmetic of {@link Schedule}: the learning rate of every step of a phase.
 *
 * <p>With W the steps of the warm-up, T those of the phase and s a step from 0:
 * <ul>
 *   <li>while s &lt; W the rate is multiplied by (s + 1)/W: PyTorch's {@code LinearLR(start_factor=1/W, total_iters=W-1)}, stepped after
 *       each batch;
 *   <li>{@code constant}: the base rate;
 *   <li>{@code step}: base · gamma^⌊epoch / every_epochs⌋, the warm-up's epochs counted: PyTorch's {@code StepLR}, stepped after each
 *       epoch;
 *   <li>{@code cosine}: base · (1 + cos(π (s − W)/(T − W)))/2 behind the warm-up: PyTorch's {@code CosineAnnealingLR(T_max=T-W)}, stepped
 *       after each batch.
 * </ul>
 */
public final class LearningRate {
    private static final Map<Class<? extends Schedule>, Curve> TABLE = Map.of(
            Constant.class, LearningRate::constant,
            Cosine.class, LearningRate::cosine,
            Step.class, LearningRate::step);

    private final Schedule schedule;
    private final Curve curve;
    private final float base;
    private final int stepsPerEpoch;
    private final long warmupSteps;
    private final long steps;

    /** The factor of a step behind the warm-up. */
    @FunctionalInterface
    private interface Curve {
        double factor(LearningRate rate, long step);
    }

    /**
     * The rates of a phase.
     *
     * @param base the rate before the schedule
     * @param stepsPerEpoch at least 1
     * @throws IllegalArgumentException where there is no arithmetic for the schedule
     */
    public LearningRate(Schedule schedule, float base, int stepsPerEpoch, int epochs) {
        Curve found = TABLE.get(schedule.getClass());
        if (found == null) {
            throw new IllegalArgumentException(
                    "there is no learning rate for `" + schedule.def().name() + "`");
        }
        this.schedule = schedule;
        this.curve = found;
        this.base = base;
        this.stepsPerEpoch = stepsPerEpoch;
        this.warmupSteps = (long) schedule.warmupEpochs() * stepsPerEpoch;
        this.steps = (long) epochs * stepsPerEpoch;
    }

    /** The rate of a step of the phase, from 0. */
    public float at(long step) {
        double warmup = step < warmupSteps ? (step + 1.0) / warmupSteps : 1;
        return (float) (base * warmup * curve.factor(this, step));
    }

    private double constant(long step) {
        return 1;
    }

    private double cosine(long step) {
        if (step < warmupSteps) {
            return 1;
        }
        return (1 + StrictMath.cos(Math.PI * (step - warmupSteps) / (steps - warmupSteps))) / 2;
    }

    private double step(long step) {
        Step falling = (Step) schedule;
        int falls = (int) (step / stepsPerEpoch / falling.everyEpochs());
        return StrictMath.pow(falling.gamma(), falls);
    }
}
