package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsFile;
import dev.fovea.runtime.io.SafetensorsFile.Entry;
import dev.fovea.runtime.io.SafetensorsWriter;
import dev.fovea.runtime.io.StoredTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small cases whose results are worked out by hand, or stated as an invariant. */
class EvalCommandTest {
    private static final String LINEAR = """
            model Linear {
              input x: [2]
              output y = x -> fc: dense(3)
            }

            train Linear {
              target label: class(3)
              loss cross_entropy(y, label)
              optimizer sgd(lr=0.1)
              batch 2
              epochs 1
            }
            """;

    private static final String NORM = """
            model Norm {
              input x: [1]
              let z = x -> bn: batchnorm
              output(train) aux = z -> side: dense(1)
              output y = z -> identity
            }
            """;

    private static final String STOPPED = """
            model Stopped {
              input x: [2]
              let a = x -> a: dense(2, bias=false)
              let b = x -> b: dense(2, bias=false) -> stop_gradient
              output y = add(mul(a, a -> stop_gradient), a -> mul(b))
            }
            """;

    @TempDir
    private Path folder;

    private final List<StoredTensor> tensors = new ArrayList<>();

    @Test
    void outputsLossAndGradientsOfADenseLayer() throws Exception {
        floats("x", List.of(2L, 2L), 1, 2, 3, 4);
        floats("fc.weight", List.of(3L, 2L), 0, 0, 0, 0, 0, 0);
        floats("fc.bias", List.of(3L), 0, 0, 0);
        longs("label", List.of(2L), 0, 2);
        Call call = eval(LINEAR, "--grad");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(read("y")).containsOnly(0f).hasSize(6);
        assertThat(read("loss")[0]).isEqualTo((float) Math.log(3), within(1e-6f));
        // (softmax − one-hot) / 2 is (−1/3, 1/6, 1/6) for the first sample and (1/6, 1/6, −1/3) for the second.
        assertThat(read("grad.fc.bias")).containsExactly(new float[] {-1 / 6f, 1 / 3f, -1 / 6f}, within(1e-6f));
        assertThat(read("grad.fc.weight"))
                .containsExactly(
                        new float[] {-1 / 3f + 0.5f, -2 / 3f + 4 / 6f, 4 / 6f, 1, 1 / 6f - 1, 2 / 6f - 4 / 3f},
                        within(1e-6f));
        assertThat(read("grad.x")).containsOnly(0f).hasSize(4);
    }

    @Test
    void anUpstreamGradientTakesThePlaceOfTheLoss() throws Exception {
        floats("x", List.of(1L, 2L), 5, 7);
        floats("fc.weight", List.of(3L, 2L), 1, 2, 3, 4, 5, 6);
        floats("fc.bias", List.of(3L), 0, 0, 0);
        floats("grad.y", List.of(1L, 3L), 1, 10, 100);
        Call call = eval(LINEAR, "--grad");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(read("grad.x")).containsExactly(531, 642);
        assertThat(read("grad.fc.weight")).containsExactly(5, 7, 50, 70, 500, 700);
        assertThat(has("loss")).isFalse();
    }

    @Test
    void inTrainingBatchStatisticsAndUpdatedState() throws Exception {
        normTensors();
        Call call = eval(NORM, "--train");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(read("y"))
                .containsExactly(new float[] {-1.341635f, -0.447212f, 0.447212f, 1.341635f}, within(1e-5f));
        assertThat(read("state.bn.running_mean")).containsExactly(new float[] {0.25f}, within(1e-6f));
        assertThat(read("state.bn.running_var")).containsExactly(new float[] {1.066667f}, within(1e-5f));
        assertThat(has("aux")).isTrue();
    }

    @Test
    void otherwiseRunningStatisticsAndNoTrainOnlyOutput() throws Exception {
        normTensors();
        Call call = eval(NORM);
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(read("y")).containsExactly(new float[] {1, 2, 3, 4}, within(1e-4f));
        assertThat(has("aux")).isFalse();
        assertThat(has("state.bn.running_mean")).isFalse();
    }

    @Test
    void gradientsThroughRunningStatistics() throws Exception {
        normTensors();
        floats("grad.y", List.of(4L, 1L), 1, 2, 3, 4);
        Call call = eval(NORM, "--grad");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(read("grad.x")).containsExactly(new float[] {1, 2, 3, 4}, within(1e-4f));
        assertThat(has("grad.side.weight")).isFalse();
    }

    /** y = a·(what a is), so dy/da is a and not 2a; and what only the stopped path reaches gets nothing. */
    @Test
    void noGradientPassesAStop() throws Exception {
        floats("x", List.of(1L, 2L), 3, 5);
        floats("a.weight", List.of(2L, 2L), 1, 0, 0, 1);
        floats("b.weight", List.of(2L, 2L), 1, 0, 0, 1);
        floats("grad.y", List.of(1L, 2L), 1, 10);
        Call call = eval(STOPPED, "--grad");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(read("y")).containsExactly(18, 50);
        assertThat(read("grad.x")).containsExactly(3 + 3, 50 + 50);
        assertThat(read("grad.b.weight")).containsOnly(0f).hasSize(4);
    }

    @Test
    void aMissingParameterIsNamed() throws Exception {
        floats("x", List.of(1L, 2L), 5, 7);
        floats("fc.weight", List.of(3L, 2L), 1, 2, 3, 4, 5, 6);
        Call call = eval(LINEAR);
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("fc.bias", "fc.weight, x");
    }

    @Test
    void aParameterOfAnotherShapeIsNamed() throws Exception {
        floats("x", List.of(1L, 2L), 5, 7);
        floats("fc.weight", List.of(2L, 3L), 1, 2, 3, 4, 5, 6);
        floats("fc.bias", List.of(3L), 0, 0, 0);
        Call call = eval(LINEAR);
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("fc.weight", "[2, 3]", "[3, 2]");
    }

    @Test
    void whatTheModelDoesNotHaveIsSaid() throws Exception {
        linearTensors();
        floats("fc.wieght", List.of(1L), 1);
        Call call = eval(LINEAR);
        assertThat(call.status()).isZero();
        assertThat(call.err()).contains("warning: `fc.wieght`");
    }

    @Test
    void gradientsNeedSomethingToStartFrom() throws Exception {
        linearTensors();
        Call call = eval(LINEAR, "--grad");
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("--grad needs", "label");
    }

    @Test
    void aClassThatThereIsNotIsNamed() throws Exception {
        linearTensors();
        longs("label", List.of(1L), 3);
        Call call = eval(LINEAR);
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("`label` holds 3", "3 classes, 0 to 2");
    }

    private void linearTensors() {
        floats("x", List.of(1L, 2L), 5, 7);
        floats("fc.weight", List.of(3L, 2L), 1, 2, 3, 4, 5, 6);
        floats("fc.bias", List.of(3L), 0, 0, 0);
    }

    private void normTensors() {
        floats("x", List.of(4L, 1L), 1, 2, 3, 4);
        floats("bn.weight", List.of(1L), 1);
        floats("bn.bias", List.of(1L), 0);
        floats("bn.running_mean", List.of(1L), 0);
        floats("bn.running_var", List.of(1L), 1);
        longs("bn.num_batches_tracked", List.of(), 7);
        floats("side.weight", List.of(1L, 1L), 2);
        floats("side.bias", List.of(1L), 0);
    }

    private void floats(String name, List<Long> shape, float... values) {
        tensors.add(StoredTensor.floats(name, shape, () -> FloatBuffer.wrap(values)));
    }

    private void longs(String name, List<Long> shape, long... values) {
        tensors.add(StoredTensor.longs(name, shape, () -> LongBuffer.wrap(values)));
    }

    private Call eval(String model, String... flags) throws IOException, InputException {
        Path file = Files.writeString(folder.resolve("model.cnn"), model);
        SafetensorsWriter.write(folder.resolve("in.safetensors"), tensors, Map.of());
        List<Object> arguments = new ArrayList<>(List.of("eval", file, "--device", "cpu"));
        arguments.addAll(List.of("--in", folder.resolve("in.safetensors"), "--out", folder.resolve("out.safetensors")));
        arguments.addAll(Arrays.asList(flags));
        return Call.of(arguments.toArray());
    }

    private boolean has(String name) throws InputException {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("out.safetensors"))) {
            return file.find(name).isPresent();
        }
    }

    private float[] read(String name) throws InputException {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("out.safetensors"))) {
            Entry entry = file.require(name);
            float[] values = new float[(int) entry.size()];
            file.readFloats(entry, values, 0);
            return values;
        }
    }
}
