package dev.fovea.runtime.train;

import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Cosine;
import dev.fovea.ops.recipe.Exponential;
import dev.fovea.ops.recipe.MultiStep;
import dev.fovea.ops.recipe.OneCycle;
import dev.fovea.ops.recipe.Plateau;
import dev.fovea.ops.recipe.Polynomial;
import dev.fovea.ops.recipe.Schedule;
import dev.fovea.ops.recipe.Step;
import dev.fovea.runtime.InputException;
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
 *       after each batch;
 *   <li>{@code multi_step}: base · gamma^(milestones at or before the epoch): {@code MultiStepLR}, stepped after each epoch;
 *   <li>{@code exponential}: base · gamma^epoch: {@code ExponentialLR}, stepped after each epoch;
 *   <li>{@code polynomial}: base · (1 − (s − W)/(T − W))^power behind the warm-up: {@code PolynomialLR}, stepped after each batch;
 *   <li>{@code one_cycle}: {@code OneCycleLR(max_lr=base, total_steps=T-W)} behind the warm-up, which then rises to its first rate;
 *   <li>{@code plateau}: {@code ReduceLROnPlateau}, told the loss after each epoch.
 * </ul>
 */
public final class LearningRate {
    private static final Map<Class<? extends Schedule>, Curve> TABLE = Map.of(
            Constant.class, LearningRate::constant,
            Cosine.class, LearningRate::cosine,
            Exponential.class, LearningRate::exponential,
            MultiStep.class, LearningRate::multiStep,
            OneCycle.class, LearningRate::oneCycle,
            Plateau.class, LearningRate::plateau,
            Polynomial.class, LearningRate::polynomial,
            Step.class, LearningRate::step);

    private final Schedule schedule;
    private final Curve curve;
    private final float base;
    private final int stepsPerEpoch;
    private final long warmupSteps;
    private final long steps;
    private final PlateauWatch watch;

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
        this.watch = new PlateauWatch(schedule instanceof Plateau plateau ? plateau : PlateauWatch.UNUSED, base);
    }

    /** The rate of a step of the phase, from 0. */
    public float at(long step) {
        double warmup = step < warmupSteps ? (step + 1.0) / warmupSteps : 1;
        return (float) (base * warmup * curve.factor(this, step));
    }

    /** Tells the schedule how an epoch ended: the loss on the samples set aside or, where there are none, of the training. */
    public void epochDone(double loss) {
        watch.epochDone(loss);
    }

    void save(StateWriter state) {
        watch.save(state);
    }

    void restore(StateReader state) throws InputException {
        watch.restore(state);
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

    private double multiStep(long step) {
        MultiStep falling = (MultiStep) schedule;
        int falls = 0;
        for (int i = 0; i < falling.milestones().size(); i++) {
            falls += falling.milestones().get(i) <= step / stepsPerEpoch ? 1 : 0;
        }
        return StrictMath.pow(falling.gamma(), falls);
    }

    private double exponential(long step) {
        long epoch = step / stepsPerEpoch;
        return StrictMath.pow(((Exponential) schedule).gamma(), (double) epoch);
    }

    private double polynomial(long step) {
        if (step < warmupSteps) {
            return 1;
        }
        double left = 1 - (double) (step - warmupSteps) / (steps - warmupSteps);
        return StrictMath.pow(left, ((Polynomial) schedule).power());
    }

    private double oneCycle(long step) {
        OneCycle cycle = (OneCycle) schedule;
        double lowest = 1.0 / cycle.divisor();
        long at = Math.max(0, step - warmupSteps);
        double last = steps - warmupSteps - 1.0;
        double top = Math.max(0, cycle.rise() * (last + 1) - 1);
        return at <= top
                ? between(lowest, 1, top == 0 ? 1 : at / top)
                : between(1, lowest / cycle.finalDivisor(), (at - top) / (last - top));
    }

    /** From one number to another along half a cosine. */
    private static double between(double first, double last, double share) {
        return last + (first - last) * (1 + StrictMath.cos(Math.PI * share)) / 2;
    }

    private double plateau(long step) {
        return watch.factor();
    }
}
