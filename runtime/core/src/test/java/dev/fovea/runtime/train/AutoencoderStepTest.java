package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Sigmoid;
import dev.fovea.ops.Tanh;
import dev.fovea.ops.recipe.Autoencoder;
import dev.fovea.ops.recipe.Corruption;
import dev.fovea.ops.recipe.DenoisingAutoencoder;
import dev.fovea.ops.recipe.Pretraining;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.ops.recipe.SparseAutoencoder;
import dev.fovea.ops.recipe.Visible;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The gradients of auto-encoders against central differences of their objective, written down in {@code double} by loops. */
class AutoencoderStepTest {
    private static final int BATCH = 5;
    private static final double STEP = 1e-5;

    @Test
    void ofDenseLayers() throws Exception {
        for (Visible visible : Visible.values()) {
            for (boolean tied : new boolean[] {true, false}) {
                dense(new Autoencoder(tied, visible), new Sigmoid(), 0, 0);
                dense(new Autoencoder(tied, visible), new Tanh(), 0, 0);
                dense(new SparseAutoencoder(0.2f, 3, tied, visible), new Sigmoid(), 0.2f, 3);
            }
        }
    }

    private static void dense(Pretraining method, Op activation, double rho, double beta) throws Exception {
        check(method, Shape.of(6), new Dense(4, true, Initializer.DEFAULT), activation, rho, beta);
    }

    @Test
    void ofConvolutions() throws Exception {
        for (boolean tied : new boolean[] {true, false}) {
            check(new Autoencoder(tied, Visible.BERNOULLI), Shape.of(2, 6, 5), conv(2, 2, 1), new Sigmoid(), 0, 0);
            check(new Autoencoder(tied, Visible.GAUSSIAN), Shape.of(2, 6, 5), conv(1, 3, 2), new Tanh(), 0, 0);
        }
    }

    private static Conv conv(int padding, int stride, int groups) {
        return new Conv(
                4,
                new Pair(3, 2),
                new Pair(stride, 1),
                Padding.all(padding),
                Pair.square(1),
                groups,
                true,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(),
                Rounding.FLOOR);
    }

    private static void check(Pretraining method, Shape input, Op op, Op activation, double rho, double beta)
            throws Exception {
        try (ChainModel model = ChainModel.of(
                input, 1, BATCH, 7, new ChainModel.Link("enc", op), new ChainModel.Link("code", activation))) {
            float[] data = new float[BATCH * (int) input.size()];
            RandomStream.named(1, "data").fillUniform(data, 0, data.length, 0, 0.05f, 0.95f);
            model.write(model.spec().inputs().get(0), data, BATCH);
            Recipe.Phase phase = model.phase(method, 0, new Sgd(0.1f, 0, false, 0), BATCH, 1);
            try (LayerStep step = LayerStep.of(model, phase, phase.stage().orElseThrow())) {
                Encoding oracle = new Encoding(step, data, input, activation, rho, beta);
                assertThat(step.forward(BATCH)).isCloseTo(oracle.value(), within(1e-4));
                step.differentiate();
                oracle.compare(model, step);
            }
        }
    }

    /** What is to become small, as a function of all parameters. */
    private static final class Encoding {
        private final LayerStep step;
        private final float[] data;
        private final Shape input;
        private final Shape code;
        private final Op activation;
        private final double rho;
        private final double beta;
        private final double[] w;
        private final double[] b;
        private final double[] back;
        private final double[] a;

        Encoding(LayerStep step, float[] data, Shape input, Op activation, double rho, double beta) {
            this.step = step;
            this.data = data;
            this.input = input;
            this.code = step.stage.layer().code();
            this.activation = activation;
            this.rho = rho;
            this.beta = beta;
            this.w = doubles(step.encoder(), 0);
            this.b = doubles(step.encoder(), 1);
            MovedParameters own = step.decoderOwn().moved();
            this.back = step.isTied() ? w : doubles(own, 0);
            this.a = doubles(own, own.all().size() - 1);
        }

        private static double[] doubles(MovedParameters parameters, int number) {
            float[] values = parameters.read(parameters.all().get(number));
            double[] all = new double[values.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = values[i];
            }
            return all;
        }

        void compare(ChainModel model, LayerStep made) {
            MovedParameters own = made.decoderOwn().moved();
            compare("weight", w, model.weights().readGradient(find(model, "enc.weight")));
            compare("bias", b, model.weights().readGradient(find(model, "enc.bias")));
            if (!made.isTied()) {
                compare("decoder's weight", back, own.readGradient(own.all().get(0)));
            }
            compare(
                    "decoder's bias",
                    a,
                    own.readGradient(own.all().get(own.all().size() - 1)));
        }

        private void compare(String what, double[] at, float[] gradient) {
            assertThat(gradient).hasSameSizeAs(at);
            for (int i = 0; i < at.length; i++) {
                double before = at[i];
                at[i] = before + STEP;
                double above = value();
                at[i] = before - STEP;
                double below = value();
                at[i] = before;
                double slope = (above - below) / (2 * STEP);
                assertThat((double) gradient[i])
                        .as("%s of %s, element %d", what, step.stage, i)
                        .isCloseTo(slope, within(2e-5 * (1 + Math.abs(slope))));
            }
        }

        private static ModelParameter find(ChainModel model, String name) {
            return model.weights().find(name).orElseThrow();
        }

        double value() {
            int units = (int) code.size();
            double[] means = new double[units];
            double total = 0;
            for (int sample = 0; sample < BATCH; sample++) {
                double[] h = new double[units];
                double[] x = new double[(int) input.size()];
                double[] y = new double[x.length];
                for (int i = 0; i < x.length; i++) {
                    x[i] = data[sample * x.length + i];
                    y[i] = a[i / (x.length / a.length)];
                }
                for (int j = 0; j < units; j++) {
                    h[j] = b[j / (units / b.length)];
                }
                connect((weight, i, j) -> h[j] += w[weight] * x[i]);
                for (int j = 0; j < units; j++) {
                    h[j] = activation instanceof Tanh ? Math.tanh(h[j]) : 1 / (1 + Math.exp(-h[j]));
                    means[j] += h[j] / BATCH;
                }
                boolean transposedDense = !step.isTied() && input.rank() == 1;
                connect((weight, i, j) -> y[i] += back[transposedDense ? i * units + j : weight] * h[j]);
                for (int i = 0; i < x.length; i++) {
                    total += step.stage.method().visible() == Visible.GAUSSIAN
                            ? (y[i] - x[i]) * (y[i] - x[i]) / BATCH
                            : (Math.log1p(Math.exp(-Math.abs(y[i]))) + Math.max(y[i], 0) - y[i] * x[i]) / BATCH;
                }
            }
            for (double mean : means) {
                total += beta == 0
                        ? 0
                        : beta * (rho * Math.log(rho / mean) + (1 - rho) * Math.log((1 - rho) / (1 - mean)));
            }
            return total;
        }

        private interface Connection {
            void at(int weight, int input, int unit);
        }

        /** Every connection of the layer, from an element of the input to one of the code, with its weight. */
        private void connect(Connection each) {
            if (step.stage.layer().op() instanceof Conv conv) {
                connect(conv, each);
                return;
            }
            int inputs = (int) input.size();
            for (int weight = 0; weight < w.length; weight++) {
                each.at(weight, weight % inputs, weight / inputs);
            }
        }

        private void connect(Conv conv, Connection each) {
            int perGroup = input.channels() / conv.groups();
            int weight = 0;
            for (int o = 0; o < code.channels(); o++) {
                int group = o / (code.channels() / conv.groups());
                for (int c = 0; c < perGroup; c++) {
                    for (int u = 0; u < conv.kernel().height(); u++) {
                        for (int v = 0; v < conv.kernel().width(); v++, weight++) {
                            for (int j = 0; j < code.area(); j++) {
                                int y = j / code.width() * conv.stride().height()
                                        + u
                                        - conv.padding().top();
                                int x = j % code.width() * conv.stride().width()
                                        + v
                                        - conv.padding().left();
                                if (y >= 0 && y < input.height() && x >= 0 && x < input.width()) {
                                    int from = ((group * perGroup + c) * input.height() + y) * input.width() + x;
                                    each.at(weight, from, o * code.area() + j);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /** A decoder of plain Java loops gives what the kernels give, dense and convolved. */
    @Test
    void aDecoderThatIsHandedOutGivesTheSameBack() throws Exception {
        decoded(new Autoencoder(true, Visible.BERNOULLI), Shape.of(6), new Dense(4, true, Initializer.DEFAULT));
        decoded(new Autoencoder(false, Visible.GAUSSIAN), Shape.of(6), new Dense(4, true, Initializer.DEFAULT));
        decoded(new Autoencoder(true, Visible.GAUSSIAN), Shape.of(2, 6, 5), conv(1, 3, 2));
    }

    private static void decoded(Pretraining method, Shape input, Op op) throws Exception {
        try (ChainModel model = ChainModel.of(
                input, 1, BATCH, 7, new ChainModel.Link("enc", op), new ChainModel.Link("code", new Sigmoid()))) {
            float[] data = new float[BATCH * (int) input.size()];
            RandomStream.named(1, "data").fillUniform(data, 0, data.length, 0, 0.05f, 0.95f);
            model.write(model.spec().inputs().get(0), data, BATCH);
            Recipe.Phase phase = model.phase(method, 0, new Sgd(0.01f, 0, false, 0), BATCH, 1);
            try (LayerStep step = LayerStep.of(model, phase, phase.stage().orElseThrow())) {
                for (int i = 0; i < 3; i++) {
                    step.forward(BATCH);
                    step.backward(0.01f, false);
                }
                double error = step.error(BATCH);
                model.forward(BATCH, false);
                float[] codes =
                        new float[BATCH * (int) step.stage.layer().code().size()];
                model.read(model.spec().output("code").orElseThrow(), codes, BATCH);
                float[] back = step.decoder().decode(codes);
                double expected = 0;
                for (int i = 0; i < data.length; i++) {
                    expected += method.visible() == Visible.GAUSSIAN
                            ? (back[i] - data[i]) * (back[i] - data[i])
                            : -data[i] * Math.log(back[i]) - (1 - data[i]) * Math.log(1 - back[i]);
                }
                assertThat(error).isCloseTo(expected / BATCH, within(1e-4));
                assertThat(step.layer().orElseThrow().codes(data)).isEqualTo(codes);
            }
        }
    }

    /** The layer sees a spoilt input only while it learns; how it is spoilt depends on the step alone. */
    @Test
    void aDenoisingOneSpoilsItsInputWhileItLearns() throws Exception {
        for (Corruption noise : Corruption.values()) {
            DenoisingAutoencoder method = new DenoisingAutoencoder(0.5f, noise, true, Visible.BERNOULLI);
            try (ChainModel model = ChainModel.of(
                    Shape.of(400),
                    1,
                    2,
                    7,
                    new ChainModel.Link("enc", new Dense(3, true, Initializer.DEFAULT)),
                    new ChainModel.Link("code", new Sigmoid()))) {
                float[] data = new float[800];
                Arrays.fill(data, 0.25f);
                model.write(model.spec().inputs().get(0), data, 2);
                Recipe.Phase phase = model.phase(method, 0, new Sgd(0.1f, 0, false, 0), 2, 1);
                try (LayerStep step = LayerStep.of(model, phase, phase.stage().orElseThrow())) {
                    double clean = step.error(2);
                    double spoilt = step.forward(2);
                    assertThat(spoilt).as("%s", noise).isNotEqualTo(clean);
                    assertThat(step.forward(2)).isEqualTo(spoilt);
                    model.step(1);
                    assertThat(step.forward(2)).isNotEqualTo(spoilt);
                    assertThat(step.error(2)).isEqualTo(clean);
                }
            }
        }
    }
}
