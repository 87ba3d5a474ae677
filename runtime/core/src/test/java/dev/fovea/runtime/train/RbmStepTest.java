package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.Dense;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.recipe.Rbm;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.ops.recipe.Visible;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.ArrayDataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.random.RandomStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Contrastive divergence against a machine in {@code double} that knows nothing of the kernels, and against numbers by hand. */
class RbmStepTest {
    private static final Sgd PLAIN = new Sgd(1, 0, false, 0);

    private static ChainModel machine(int visible, int hidden, int batch, long seed) {
        return ChainModel.of(
                Shape.of(visible),
                1,
                batch,
                seed,
                new ChainModel.Link("hid", new Dense(hidden, true, Initializer.DEFAULT)),
                new ChainModel.Link("on", new Sigmoid()));
    }

    private static void set(ChainModel model, String name, float... values) {
        model.weights().write(parameter(model, name), values);
    }

    private static ModelParameter parameter(ChainModel model, String name) {
        return model.weights().find(name).orElseThrow();
    }

    /**
     * One hidden unit, W = (ln 3, −ln 3), no biases, v = (1, 0): p⁰ = 3/4. Where the unit is on, v¹ = (3/4, 1/4) and p¹ = σ(½·ln 3) =
     * √3/(1 + √3); where it is off, v¹ = (1/2, 1/2) and p¹ = 1/2. With a rate of 1 the parameters move by Δ.
     */
    @Test
    void aStepOfCd1HasTheNumbersWorkedOutByHand() throws Exception {
        float ln3 = (float) Math.log(3);
        double half = Math.sqrt(3) / (1 + Math.sqrt(3));
        Set<Boolean> seen = new HashSet<>();
        for (int number = 0; number < 20; number++) {
            try (ChainModel model = machine(2, 1, 1, 5)) {
                set(model, "hid.weight", ln3, -ln3);
                set(model, "hid.bias", 0);
                model.step(number);
                model.write(model.spec().inputs().get(0), new float[] {1, 0}, 1);
                try (LayerStep step = (LayerStep) PhaseStep.of(
                        model,
                        Recipes.of(Recipes.phase("", 1, 1)),
                        model.phase(new Rbm(1, Visible.BERNOULLI), 0, PLAIN, 1, 1))) {
                    double error = step.forward(1);
                    step.backward(1, false);
                    float[] weight = model.weights().read(parameter(model, "hid.weight"));
                    float bias = model.weights().read(parameter(model, "hid.bias"))[0];
                    float[] visibleBias = step.decoder().bias();
                    boolean on = error < 0.3; // (1/4)² + (1/4)², or (1/2)² + (1/2)²
                    seen.add(on);
                    assertThat(error).isCloseTo(on ? 0.125 : 0.5, within(1e-6));
                    assertThat((double) weight[0] - ln3).isCloseTo(on ? 0.75 - 0.75 * half : 0.5, within(1e-6));
                    assertThat((double) weight[1] + ln3).isCloseTo(on ? -0.25 * half : -0.25, within(1e-6));
                    assertThat((double) bias).isCloseTo(on ? 0.75 - half : 0.25, within(1e-6));
                    assertThat((double) visibleBias[0]).isCloseTo(on ? 0.25 : 0.5, within(1e-6));
                    assertThat((double) visibleBias[1]).isCloseTo(on ? -0.25 : -0.5, within(1e-6));
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void theStatisticsAreThoseOfAMachineInDouble() throws Exception {
        for (Visible visible : Visible.values()) {
            for (int cd : new int[] {1, 3}) {
                compare(visible, cd, 5, 4, 7);
            }
        }
    }

    private static void compare(Visible visible, int cd, int inputs, int units, int batch) throws Exception {
        try (ChainModel model = machine(inputs, units, batch, 11)) {
            float[] data = new float[batch * inputs];
            RandomStream.named(3, "data").fillUniform(data, 0, data.length, 0, 0, 1);
            model.step(17);
            model.write(model.spec().inputs().get(0), data, batch);
            float[] w = model.weights().read(parameter(model, "hid.weight"));
            float[] b = model.weights().read(parameter(model, "hid.bias"));
            Machine machine = new Machine(visible, inputs, units, w, b);
            try (LayerStep step =
                    LayerStep.of(model, phase(model, visible, cd), model.stage(new Rbm(cd, visible), 0))) {
                double error = step.forward(batch);
                step.differentiate();
                double expected = machine.learn(data, batch, cd, 11, 17);
                assertThat(error).isCloseTo(expected, within(1e-4));
                assertClose(model.weights().readGradient(parameter(model, "hid.weight")), machine.weight);
                assertClose(model.weights().readGradient(parameter(model, "hid.bias")), machine.hidden);
                MovedParameters own = step.decoderOwn().moved();
                assertClose(own.readGradient(own.all().get(0)), machine.visible);
            }
        }
    }

    private static Recipe.Phase phase(ChainModel model, Visible visible, int cd) {
        return model.phase(new Rbm(cd, visible), 0, PLAIN, 1, 1);
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(2e-6));
        }
    }

    /** Both gradients of the negative step: minus what the data say, plus what the reconstructions say. */
    private static final class Machine {
        private final Visible kind;
        private final int inputs;
        private final int units;
        private final float[] w;
        private final float[] b;
        private final double[] weight;
        private final double[] hidden;
        private final double[] visible;

        Machine(Visible kind, int inputs, int units, float[] w, float[] b) {
            this.kind = kind;
            this.inputs = inputs;
            this.units = units;
            this.w = w;
            this.b = b;
            this.weight = new double[w.length];
            this.hidden = new double[units];
            this.visible = new double[inputs];
        }

        double learn(float[] data, int batch, int cd, long seed, long number) {
            double error = 0;
            for (int sample = 0; sample < batch; sample++) {
                double[] v = new double[inputs];
                for (int i = 0; i < inputs; i++) {
                    v[i] = data[sample * inputs + i];
                }
                double[] v0 = v.clone();
                double[] p = up(v);
                add(v, p, -1.0 / batch);
                for (int gibbs = 0; gibbs < cd; gibbs++) {
                    long stream = RandomStream.named(0, "hid.hidden_states").child(number * cd + gibbs).stream();
                    RandomStream random = new RandomStream(seed, stream);
                    double[] h = new double[units];
                    for (int j = 0; j < units; j++) {
                        h[j] = random.uniform(sample * units + j) < p[j] ? 1 : 0;
                    }
                    v = down(h);
                    p = up(v);
                }
                add(v, p, 1.0 / batch);
                for (int i = 0; i < inputs; i++) {
                    error += (v0[i] - v[i]) * (v0[i] - v[i]) / batch;
                }
            }
            return error;
        }

        private double[] up(double[] v) {
            double[] p = new double[units];
            for (int j = 0; j < units; j++) {
                double sum = b[j];
                for (int i = 0; i < inputs; i++) {
                    sum += (double) w[j * inputs + i] * v[i];
                }
                p[j] = 1 / (1 + Math.exp(-sum));
            }
            return p;
        }

        private double[] down(double[] h) {
            double[] v = new double[inputs];
            for (int i = 0; i < inputs; i++) {
                for (int j = 0; j < units; j++) {
                    v[i] += (double) w[j * inputs + i] * h[j];
                }
                v[i] = kind == Visible.BERNOULLI ? 1 / (1 + Math.exp(-v[i])) : v[i];
            }
            return v;
        }

        private void add(double[] v, double[] p, double factor) {
            for (int j = 0; j < units; j++) {
                hidden[j] += factor * p[j];
                for (int i = 0; i < inputs; i++) {
                    weight[j * inputs + i] += factor * p[j] * v[i];
                }
            }
            for (int i = 0; i < inputs; i++) {
                visible[i] += factor * v[i];
            }
        }
    }

    /** Four of sixteen patterns, by chance a quarter each: the best a machine can do is −ln 4. */
    @Test
    void learningRaisesTheExactLikelihoodOfATinyDistribution() throws Exception {
        float[][] patterns = {{1, 1, 0, 0}, {0, 0, 1, 1}, {1, 1, 1, 1}, {0, 0, 0, 0}};
        float[] data = new float[4 * 40];
        for (int i = 0; i < 40; i++) {
            System.arraycopy(patterns[i % 4], 0, data, 4 * i, 4);
        }
        ArrayDataSet set = new ArrayDataSet(List.of(new Field.Values("image", Shape.of(4))), List.of(data));
        try (ChainModel model = machine(4, 4, 40, 2)) {
            LayerDecoder[] decoder = new LayerDecoder[1];
            double before = likelihood(model, new float[4], patterns);
            Recipe recipe =
                    Recipes.of(model.phase(new Rbm(1, Visible.BERNOULLI), 0, new Sgd(0.3f, 0.5f, false, 0), 40, 1000));
            TrainingReport report = new Trainer(model, recipe).train(set, Optional.empty(), new TrainingListener() {
                @Override
                public void layer(TrainedLayer made) {
                    decoder[0] = made.decoder();
                }
            });
            double after = likelihood(model, decoder[0].bias(), patterns);
            assertThat(before).isLessThan(-2.6);
            assertThat(after).isGreaterThan(-1.65).isLessThan(-Math.log(4));
            assertThat(report.last().training().loss())
                    .isLessThan(report.epochs().get(0).training().loss() / 2);
        }
    }

    /** The mean log-likelihood: −F(v) − ln Z with F(v) = −a·v − Σ ln(1 + exp(b + W·v)), Z over all sixteen states. */
    private static double likelihood(ChainModel model, float[] a, float[][] patterns) {
        float[] w = model.weights().read(parameter(model, "hid.weight"));
        float[] b = model.weights().read(parameter(model, "hid.bias"));
        double z = 0;
        for (int state = 0; state < 16; state++) {
            float[] v = {state & 1, state >> 1 & 1, state >> 2 & 1, state >> 3};
            z += Math.exp(-freeEnergy(v, w, b, a));
        }
        double sum = 0;
        for (float[] pattern : patterns) {
            sum += -freeEnergy(pattern, w, b, a) - Math.log(z);
        }
        return sum / patterns.length;
    }

    private static double freeEnergy(float[] v, float[] w, float[] b, float[] a) {
        double energy = 0;
        for (int i = 0; i < v.length; i++) {
            energy -= (double) a[i] * v[i];
        }
        for (int j = 0; j < b.length; j++) {
            double sum = b[j];
            for (int i = 0; i < v.length; i++) {
                sum += (double) w[j * v.length + i] * v[i];
            }
            energy -= Math.log1p(Math.exp(sum));
        }
        return energy;
    }

    @Test
    void weightDecayIsForTheWeightsAlone() throws Exception {
        try (ChainModel model = machine(2, 1, 1, 5)) {
            set(model, "hid.weight", 1, -1);
            set(model, "hid.bias", 10);
            model.write(model.spec().inputs().get(0), new float[] {0, 0}, 1);
            Sgd decaying = new Sgd(1, 0, false, 0.5f);
            try (LayerStep step = LayerStep.of(
                    model,
                    model.phase(new Rbm(1, Visible.BERNOULLI), 0, decaying, 1, 1),
                    model.stage(new Rbm(1, Visible.BERNOULLI), 0))) {
                step.forward(1);
                step.backward(1, false);
            }
            float[] weight = model.weights().read(parameter(model, "hid.weight"));
            assertThat(weight[0] - weight[1]).isBetween(0.5f, 1.6f);
            assertThat(model.weights().read(parameter(model, "hid.bias"))[0]).isCloseTo(10, within(0.1f));
        }
    }

    @Test
    void dataThatAreNoProbabilitiesAreRefused() throws Exception {
        try (ChainModel model = machine(2, 1, 1, 5)) {
            model.write(model.spec().inputs().get(0), new float[] {0.5f, 1.25f}, 1);
            Recipe.Phase phase = model.phase(new Rbm(1, Visible.BERNOULLI), 0, PLAIN, 1, 1);
            try (LayerStep step = LayerStep.of(model, phase, phase.stage().orElseThrow())) {
                assertThatThrownBy(() -> step.forward(1))
                        .isInstanceOfSatisfying(FoveaException.class, e -> assertThat(e.describe())
                                .contains(
                                        "`hid` takes its input for probabilities, but one is 1.25",
                                        "`layerwise rbm(visible=gaussian)`"));
            }
        }
    }
}
