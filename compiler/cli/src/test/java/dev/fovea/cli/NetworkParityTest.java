package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.device.Devices;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole networks on OpenCL against the CPU: forward, all gradients, three steps of training. A few always; in
 * the long profile small forms of every family and standard models as they are.
 */
class NetworkParityTest {
    private static final Library STANDARD = SourceRoots.onClassPath(Main.class.getClassLoader());
    private static final boolean ALL = Boolean.getBoolean("fovea.parity.all");
    private static final String LARGEST_BUFFER = "fovea.opencl.largest_buffer";
    private static final int BATCH = 4;
    private static final int STEPS = 3;

    /** Of the output, relative to its largest element. */
    private static final double OUTPUT = 1e-4;

    /** Of a gradient or of weights, the length of the difference relative to the tensor's length: rounding adds up on the way back. */
    private static final double TENSOR = 1e-3;

    /** A tensor this much shorter than the longest is as good as zero: the bias in front of a batch norm has no gradient. */
    private static final double NOTHING = 1e-5;

    @BeforeAll
    static void deviceIsThere() {
        boolean found =
                Devices.all().stream().anyMatch(device -> device.info().id().startsWith("opencl:"));
        if (!found && "required".equals(System.getenv("FOVEA_OPENCL"))) {
            throw new AssertionError("FOVEA_OPENCL=required, but there is no OpenCL device");
        }
        Assumptions.assumeTrue(found, "no OpenCL device");
    }

    static Stream<String> small() {
        Stream<String> always = Stream.of("lenet.LeNet5", "Autoencoder", "ResNet");
        Stream<String> others = Stream.of(
                "Squeeze", "Old", "Generator", "Next", "Mobile", "SmallUNet", "DenseNet", "lenet.LeNet5Of1998");
        return Stream.concat(always, others.filter(model -> ALL));
    }

    static Stream<String> large() {
        return Stream.of(
                        "alexnet.AlexNet",
                        "autoencoder.HintonAutoencoder",
                        "cifar10_quick.Cifar10Quick",
                        "convnetjs.ConvNetJSCifar10",
                        "dcgan.DCGANDiscriminator",
                        "dcgan.DCGANGenerator",
                        "densenet_cifar.CifarDenseNetBC100",
                        "mobilenet_v1.MobileNetV1_025",
                        "mobilenet_v3.MobileNetV3Small",
                        "resnet.ResNet18",
                        "resnet_cifar.CifarResNet20",
                        "shufflenet_v2.ShuffleNetV2_0_5",
                        "squeezenet.SqueezeNet1_1")
                .filter(model -> ALL);
    }

    @ParameterizedTest
    @MethodSource("small")
    void smallNetworksAgree(String model) throws Exception {
        agree(loaded(model), BATCH);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("large")
    void standardModelsAgree(String model) throws Exception {
        agree(loaded(model), 2);
    }

    private static void agree(LoadedModel model, int batch) throws FoveaException {
        DeviceRun expected = DeviceRun.of(model, "cpu", batch, STEPS);
        DeviceRun actual = DeviceRun.of(model, "opencl:0", batch, STEPS);
        double largest = 0;
        double worst = 0;
        assertThat(actual.output()).hasSameSizeAs(expected.output());
        for (int i = 0; i < expected.output().length; i++) {
            largest = Math.max(largest, Math.abs(expected.output()[i]));
            worst = Math.max(worst, Math.abs(actual.output()[i] - expected.output()[i]));
        }
        assertThat(worst).as("output, of %s", largest).isLessThanOrEqualTo(OUTPUT * largest);
        assertThat(largestClasses(actual, batch)).isEqualTo(largestClasses(expected, batch));
        for (int i = 0; i < STEPS; i++) {
            double loss = expected.losses().get(i);
            assertThat(actual.losses().get(i)).as("loss of step %d", i).isCloseTo(loss, within(TENSOR * loss));
        }
        assertClose("gradient of ", actual.gradients(), expected.gradients());
        assertClose("weights of ", actual.weights(), expected.weights());
    }

    private static void assertClose(String what, Map<String, float[]> actual, Map<String, float[]> expected) {
        double longest = expected.values().stream()
                .mapToDouble(NetworkParityTest::length)
                .max()
                .orElseThrow();
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> {
            float[] difference = values.clone();
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= actual.get(name)[i];
            }
            assertThat(length(difference))
                    .as(what + name + ", which is " + length(values) + " long")
                    .isLessThanOrEqualTo(TENSOR * Math.max(length(values), NOTHING * longest));
        });
    }

    private static double length(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /** For each sample which element of the output is the largest. */
    private static List<Integer> largestClasses(DeviceRun run, int batch) {
        int size = run.output().length / batch;
        return Stream.iterate(0, sample -> sample + 1)
                .limit(batch)
                .map(sample -> {
                    int best = 0;
                    for (int i = 1; i < size; i++) {
                        best = run.output()[sample * size + i] > run.output()[sample * size + best] ? i : best;
                    }
                    return best;
                })
                .toList();
    }

    /** A device whose buffers are too small for the arena makes the same of it, bit by bit. */
    @Test
    void anArenaInPiecesGivesTheSameBits() throws Exception {
        inPieces("lenet.LeNet5", 16, 420L << 10);
        if (ALL) {
            inPieces("resnet.ResNet18", 2, 48L << 20);
        }
    }

    private static void inPieces(String name, int batch, long largestBuffer) throws FoveaException, IOException {
        LoadedModel model = loaded(name);
        assertThat(model.spec().trainingFloats() * batch * Float.BYTES).isGreaterThan(largestBuffer);
        DeviceRun whole = DeviceRun.of(model, "opencl:0", batch, STEPS);
        DeviceRun cut;
        System.setProperty(LARGEST_BUFFER, Long.toString(largestBuffer));
        try {
            cut = DeviceRun.of(model, "opencl:0", batch, STEPS);
        } finally {
            System.clearProperty(LARGEST_BUFFER);
        }
        assertThat(cut.output()).isEqualTo(whole.output());
        assertThat(cut.losses()).isEqualTo(whole.losses());
        whole.gradients()
                .forEach((key, values) ->
                        assertThat(cut.gradients().get(key)).as(key).isEqualTo(values));
        whole.weights()
                .forEach((key, values) ->
                        assertThat(cut.weights().get(key)).as(key).isEqualTo(values));
    }

    /** {@code Mobile} is a model of this test's file, {@code lenet.LeNet5} a standard one. */
    private static LoadedModel loaded(String name) throws FoveaException, IOException {
        int dot = name.indexOf('.');
        StoredFile file = dot < 0
                ? new StoredFile(
                        "networks.cnn",
                        GoldenFile.of(NetworkParityTest.class, "parity/networks.cnn")
                                .text()
                                .getBytes(StandardCharsets.UTF_8))
                : STANDARD.find("std." + name.substring(0, dot)).orElseThrow();
        CheckResult result = Compiler.with(STANDARD).check(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        Graph graph = result.models().stream()
                .filter(model -> model.name().equals(name.substring(dot + 1)))
                .findFirst()
                .orElseThrow();
        return LoadedModel.of(graph);
    }
}
