package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.fovea.ops.recipe.Adadelta;
import dev.fovea.ops.recipe.Adagrad;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.AdamW;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Mixup;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Regime;
import dev.fovea.ops.recipe.RmsProp;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.Phase;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole step takes no memory of the heap, counted by the virtual machine, long before it is compiled: a compiler that puts an iterator, a
 * lambda or a boxed number on the stack comes after thousands of steps, and is not bound to.
 */
class StepAllocationTest {
    private static final int BATCH = 8;
    private static final int STEPS = 10;
    private static final int SERIES = 20;

    static List<Optimizer> optimizers() {
        return List.of(
                new Sgd(0.1f, 0, false, 0),
                new Sgd(0.1f, 0.9f, true, 1e-4f),
                new Adam(1e-3f, 0.9f, 0.99f, 1e-8f, 1e-4f),
                new AdamW(1e-3f, 0.9f, 0.99f, 1e-8f, 1e-2f),
                new Adagrad(1e-2f, 1e-3f, 1e-4f, 0.1f, 1e-10f),
                new Adadelta(1, 0.9f, 1e-6f, 1e-4f),
                new RmsProp(1e-3f, 0.9f, 1e-8f, 1e-4f, 0.9f, true));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void ofAnyOptimizer(Optimizer optimizer) throws Exception {
        check(phase(optimizer, Map.of(), Optional.empty(), Regime.PLAIN, Recipes.LOSS));
    }

    @Test
    void withSeveralLosses() throws Exception {
        Optimizer sgd = new Sgd(0.1f, 0.9f, false, 0);
        check(phase(
                sgd,
                Map.of(),
                Optional.empty(),
                Regime.PLAIN,
                Recipes.LOSS,
                Recipes.AUX_LOSS,
                Recipes.COPY_LOSS,
                Recipes.LOSS));
    }

    /** And gradients that are clipped, of several batches together, with averages. */
    @Test
    void withAllTreatmentsOfGradientsAndWeights() throws Exception {
        Regime regime = new Regime(
                Optional.of(1e-3f), 3, Optional.of(0.9f), Optional.empty(), Optional.empty(), Optional.empty());
        check(phase(new Sgd(0.1f, 0.9f, false, 0), Map.of(), Optional.of(1e-3f), regime, Recipes.LOSS));
    }

    /** Each batch by other shares. */
    @Test
    void ofSamplesMixedInPairs() throws Exception {
        Map<String, List<Augmentation>> mixing = Map.of("image", List.of(new Mixup(0.2f)));
        check(phase(
                new Sgd(0.1f, 0.9f, false, 0),
                mixing,
                Optional.empty(),
                Regime.PLAIN,
                Recipes.LOSS,
                Recipes.COPY_LOSS));
    }

    private static Phase phase(
            Optimizer optimizer,
            Map<String, List<Augmentation>> augmentations,
            Optional<Float> clipNorm,
            Regime regime,
            LossTerm... losses) {
        return new Phase(
                        "",
                        List.of(losses),
                        optimizer,
                        new Constant(0),
                        BATCH,
                        1,
                        augmentations,
                        List.of(),
                        List.of("fc2"),
                        clipNorm,
                        Optional.empty())
                .with(regime);
    }

    private static void check(Phase phase) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (TinyModel model = new TinyModel(
                        new CpuKernels(1, new ScalarSimd()), new BuildOptions("cpu", 1, BATCH, 1, true, false));
                TrainingStep step = new TrainingStep(model, Recipes.of(phase), phase)) {
            boolean mixes = !phase.augmentations().isEmpty();
            fill(model, step, mixes);
            Optional<WeightAverage> average =
                    phase.regime().average().map(decay -> new WeightAverage(model, step.ranges(), decay));
            long least = Long.MAX_VALUE;
            for (int series = 0; series < SERIES && least > 0; series++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < STEPS; i++) {
                    step.objective().mix(mixes ? 0.1f * i : 1);
                    step.forward(BATCH - i % 2);
                    if (step.backward(0.1f) && average.isPresent()) {
                        average.get().update();
                    }
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            average.ifPresent(WeightAverage::close);
            assertThat(least).as("bytes taken in %d steps", STEPS).isZero();
        }
    }

    private static void fill(TinyModel model, TrainingStep step, boolean mixes) {
        float[] images = new float[16 * BATCH];
        RandomStream.named(1, "images").fillUniform(images, 0, images.length, 0, -1, 1);
        model.write(model.spec().inputs().get(0), images, BATCH);
        float[] labels = {0, 1, 2, 0, 1, 2, 0, 1};
        step.objective().target("label", labels, BATCH);
        if (mixes) {
            step.objective().otherTarget("label", labels, BATCH);
        }
    }
}
