package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.TrainingStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A step's pieces by a clock that goes on by one second whenever it is looked at: each piece takes one second. */
class ProfiledKernelsTest {
    private static final int BATCH = 4;
    private static final int STEPS = 5;
    private static final float RATE = 0.01f;

    private static final String NET = """
            @recompute
            block Residual(x, channels: int) {
              let y = x
                -> conv1: conv(channels, kernel=3, padding=1, bias=false) -> bn1: batchnorm -> relu -> dropout(0.2)
                -> conv2: conv(channels, kernel=3, padding=1, bias=false) -> bn2: batchnorm
              return add(x, y) -> relu
            }

            model Net {
              input image: [3, 20, 20]
              output logits = image
                -> stem: conv(32, kernel=3, padding=1) -> relu
                -> layer1: Residual(32)
                -> maxpool(2)
                -> layer2: Residual(32)
                -> up: conv_transpose(8, kernel=2, stride=2)
                -> deep: depthwise(kernel=3, padding=1) -> tanh
                -> global_avgpool
                -> fc: dense(5)
            }
            """;

    private static LoadedModel loaded;

    @BeforeAll
    static void load() throws Exception {
        StoredFile file = new StoredFile("net.cnn", NET.getBytes(StandardCharsets.UTF_8));
        CheckResult result = Compiler.with(SourceRoots.onClassPath(Main.class.getClassLoader()))
                .check(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        loaded = LoadedModel.of(result.models().get(0));
    }

    /** A model, and what it is built on where it is profiled. */
    private static final class Trained implements AutoCloseable {
        private final List<ProfiledKernels> profiled = new ArrayList<>();
        private final CompiledModel model;
        private final TrainingStep step;
        private int done;

        Trained(boolean profile) throws FoveaException {
            AtomicLong seconds = new AtomicLong();
            model = loaded.builder()
                    .device("cpu")
                    .threads(2)
                    .batch(BATCH)
                    .seed(TrainingTask.SEED)
                    .wrapped(device -> profile ? keep(device, seconds) : device)
                    .build();
            Recipe recipe = TrainingTask.recipe(output(), new Sgd(RATE, 0.9f, false, 0));
            step = new TrainingStep(model, recipe, recipe.lastPhase());
        }

        private Kernels keep(Kernels device, AtomicLong seconds) {
            profiled.add(new ProfiledKernels(device, () -> seconds.getAndAdd(1_000_000_000)));
            return profiled.get(0);
        }

        private Port output() {
            return model.spec().mainOutput();
        }

        StepProfile profile(int steps) {
            return profiled.get(0).profile(BATCH, steps, this::once);
        }

        void once() {
            TrainingTask.feed(model, step, output(), BATCH, done++);
            step.forward(BATCH);
            step.backward(RATE);
        }

        List<float[]> weights() {
            List<float[]> weights = new ArrayList<>();
            for (ModelParameter parameter : model.weights().all()) {
                weights.add(model.weights().read(parameter));
            }
            return weights;
        }

        @Override
        public void close() {
            step.close();
            model.close();
        }
    }

    private static StepProfile trained() throws FoveaException {
        try (Trained trained = new Trained(true)) {
            return trained.profile(STEPS);
        }
    }

    @Test
    void timingChangesNoBit() throws Exception {
        try (Trained plain = new Trained(false);
                Trained timed = new Trained(true)) {
            timed.once();
            timed.profile(3); // and one to warm up
            timed.once();
            for (int i = 0; i < 6; i++) {
                plain.once();
            }
            List<float[]> expected = plain.weights();
            List<float[]> actual = timed.weights();
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void eachRunOfAPieceIsTimed() throws Exception {
        StepProfile profile = trained();
        assertThat(profile.steps()).isEqualTo(STEPS);
        int runs = 0;
        for (Entry<StepWork, StepCost> entry : profile.works().entrySet()) {
            StepCost cost = entry.getValue();
            runs += cost.runs();
            assertThat(cost.seconds()).as(entry.getKey().toString()).isCloseTo(cost.runs(), within(1e-9));
        }
        // The clock is looked at twice for a piece, and once more at the end of a step.
        assertThat(profile.seconds()).isCloseTo(2.0 * runs + 1, within(1e-9));
        assertThat(profile.between()).isCloseTo(runs + 1.0, within(1e-9));
        assertThat(profile.families().stream()
                        .mapToDouble(family -> family.getValue().seconds())
                        .sum())
                .isCloseTo(runs, within(1e-9));
    }

    @Test
    void whatIsMadeAgainIsCountedApart() throws Exception {
        Map<StepWork, StepCost> works = trained().works();
        assertThat(works.keySet())
                .extracting(StepWork::layer, StepWork::pass)
                .contains(tuple("layer1.conv1", "forward"), tuple("layer1.conv1", "forward again"))
                .doesNotContain(tuple("stem", "forward again"));
        assertThat(works.values()).extracting(StepCost::runs).containsOnly(1);
    }

    @Test
    void floorsAreThoseOfTheDirectProductAndOfEachTensorMovedOnce() throws Exception {
        StepProfile profile = trained();
        double macs = 32.0 * 3 * 9 * 400;
        double input = 3 * 400 * BATCH;
        double output = 32 * 400 * BATCH;
        double weight = 32 * 3 * 9;
        floors(profile, "stem", "forward", 2 * macs * BATCH, input + output + weight + 32);
        floors(profile, "stem", "activation gradient", 0, 3 * output);
        floors(profile, "stem", "weight gradient", 2 * macs * BATCH, input + output + weight);
        floors(profile, "stem", "bias gradient", 0, output + 32);
        // Of a 2×2 window the place of the maximum is kept, a number for each output.
        floors(profile, "maxpool1", "forward", 0, output + 2 * output / 4);
        floors(profile, "maxpool1", "backward", 0, output + 2 * output / 4);
        floors(profile, "fc", "input gradient", 2.0 * 8 * 5 * BATCH, (5 + 8) * BATCH + 8 * 5 + 5);
        long parameters = loaded.spec().parameters().stream()
                .filter(parameter -> parameter.parameter().isTrainable())
                .mapToLong(parameter -> parameter.parameter().shape().size())
                .sum();
        StepCost update = cost(profile, "(parameters)", "update");
        // Gradient, parameter and momentum, two of them read and written; between them is padding.
        assertThat(update.bytes()).isBetween(4.0 * 5 * parameters, 4.0 * 5 * (parameters + 16 * 20));
    }

    @Test
    void eachPassHasItsAlgorithm() throws Exception {
        StepProfile profile = trained();
        assertThat(profile.works().keySet().stream()
                        .filter(work -> work.operator().equals("conv")
                                || work.operator().equals("depthwise"))
                        .filter(work -> work.pass().endsWith("input gradient")
                                || work.pass().endsWith("weight gradient")
                                || work.pass().startsWith("forward"))
                        .map(StepWork::algorithm))
                .isNotEmpty()
                .isSubsetOf("winograd", "gathered", "rows", "spread", "spread inputs", "pixels", "depthwise");
        assertThat(work(profile, "deep", "weight gradient").kernel()).isEqualTo("depthwise weight gradient, depthwise");
        assertThat(work(profile, "fc", "input gradient").kernel()).isEqualTo("dense input gradient");
    }

    @Test
    void winogradsFloorIsAQuarterOfTheMultiplications() throws Exception {
        List<Entry<StepWork, StepCost>> products = trained().longest().stream()
                .filter(entry -> entry.getValue().flops() > 0)
                .toList();
        assertThat(products).anyMatch(entry -> entry.getKey().algorithm().equals("winograd"));
        assertThat(products).anyMatch(entry -> !entry.getKey().algorithm().equals("winograd"));
        assertThat(products).allSatisfy(entry -> assertThat(
                        entry.getValue().least() / entry.getValue().flops())
                .isEqualTo(entry.getKey().algorithm().equals("winograd") ? 0.25 : 1));
    }

    @Test
    void layersThatAreFoldedStandTogether() {
        AtomicLong seconds = new AtomicLong();
        List<ProfiledKernels> profiled = new ArrayList<>();
        try (CompiledModel model = loaded.builder()
                .device("cpu")
                .threads(1)
                .batch(BATCH)
                .inference()
                .wrapped(device -> {
                    profiled.add(new ProfiledKernels(device, () -> seconds.getAndAdd(1_000_000_000)));
                    return profiled.get(0);
                })
                .build()) {
            StepProfile profile = profiled.get(0).profile(BATCH, 1, () -> model.forward(BATCH, false));
            assertThat(profile.works().keySet())
                    .extracting(StepWork::title)
                    .containsSubsequence(
                            "stem + relu", "layer1.conv1 + bn1 + relu", "layer1.conv2 + bn2 + add1 + relu");
            double tensor = 32 * 400 * BATCH;
            floors(profile, "layer1.conv1", "forward", 2.0 * 32 * 32 * 9 * 400 * BATCH, 2 * tensor + 32 * 32 * 9);
            floors(profile, "layer1.conv2", "forward", 2.0 * 32 * 32 * 9 * 400 * BATCH, 3 * tensor + 32 * 32 * 9);
        }
    }

    private static void floors(StepProfile profile, String layer, String pass, double flops, double floats) {
        StepCost cost = cost(profile, layer, pass);
        assertThat(cost.flops()).as(layer + " " + pass).isEqualTo(flops);
        assertThat(cost.bytes()).as(layer + " " + pass).isEqualTo(4 * floats);
    }

    private static StepCost cost(StepProfile profile, String layer, String pass) {
        return Optional.ofNullable(profile.works().get(work(profile, layer, pass)))
                .orElseThrow();
    }

    private static StepWork work(StepProfile profile, String layer, String pass) {
        return profile.works().keySet().stream()
                .filter(work -> work.layer().equals(layer) && work.pass().equals(pass))
                .findFirst()
                .orElseThrow(() -> new AssertionError(layer + " " + pass + " among " + profile.works()));
    }
}
