package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.DeviceRun.Start;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.device.Devices;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole networks on OpenCL against the CPU: three steps of training from the model's own initial values; then, off the kinks of its activations,
 * three steps with all gradients and updates. A few always; in the long profile small forms of every family and standard models as they
 * are. compiler/docs/parity.md says why kinks are left too, and which networks do not meet the bounds.
 */
class NetworkParityTest {
    private static final String LARGEST_BUFFER = "fovea.opencl.largest_buffer";
    private static final String OPENCL = "opencl:0";
    private static final int SMALL_BATCH = 4;
    private static final int LARGE_BATCH = 2;
    private static final int STEPS = 3;

    @BeforeAll
    static void deviceIsThere() {
        ParityModels.assertWantedAreThere();
        boolean found =
                Devices.all().stream().anyMatch(device -> device.info().id().startsWith("opencl:"));
        if (!found && "required".equals(System.getenv("FOVEA_OPENCL"))) {
            throw new AssertionError("FOVEA_OPENCL=required, but there is no OpenCL device");
        }
        Assumptions.assumeTrue(found, "no OpenCL device");
    }

    static Stream<String> small() {
        return ParityModels.small();
    }

    static Stream<String> large() {
        return ParityModels.large();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("small")
    void smallNetworksAgree(String model) throws Exception {
        agree(model, SMALL_BATCH);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("large")
    void standardModelsAgree(String model) throws Exception {
        agree(model, LARGE_BATCH);
    }

    private static void agree(String name, int batch) throws FoveaException, IOException {
        LoadedModel model = ParityModels.loaded(name);
        SoftAssertions softly = new SoftAssertions();
        DeviceRun initial = DeviceRun.of(model, "cpu", batch, STEPS, Start.AS_INITIALIZED);
        DeviceRun actual = DeviceRun.of(model, OPENCL, batch, STEPS, Start.AS_INITIALIZED);
        check(softly, name + ", as initialised, OpenCL", Parity.ofFirstGradients(actual, initial));
        softly.assertThat(largestClasses(actual, batch)).isEqualTo(largestClasses(initial, batch));

        DeviceRun expected = DeviceRun.of(model, "cpu", batch, STEPS, Start.OFF_KINKS);
        DeviceRun rounded = DeviceRun.of(model, "cpu", batch, STEPS, Start.ROUNDED);
        System.out.println(name + ", off kinks, the CPU after a rounding: " + Parity.of(rounded, expected));
        DeviceRun offKinks = DeviceRun.of(model, OPENCL, batch, STEPS, Start.OFF_KINKS);
        check(softly, name + ", off kinks, OpenCL", Parity.of(offKinks, expected));
        softly.assertAll();
    }

    private static void check(SoftAssertions softly, String what, Parity parity) {
        System.out.println(what + ": " + parity);
        softly.assertThat(parity.tooLarge()).as(what).isEmpty();
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
        if (ParityModels.isWanted("resnet.ResNet18")) {
            inPieces("resnet.ResNet18", 4, 48L << 20);
        }
    }

    private static void inPieces(String name, int batch, long largestBuffer) throws FoveaException, IOException {
        LoadedModel model = ParityModels.loaded(name);
        assertThat(model.spec().trainingFloats() * batch * Float.BYTES).isGreaterThan(largestBuffer);
        DeviceRun whole = DeviceRun.of(model, OPENCL, batch, STEPS, Start.AS_INITIALIZED);
        DeviceRun cut;
        System.setProperty(LARGEST_BUFFER, Long.toString(largestBuffer));
        try {
            cut = DeviceRun.of(model, OPENCL, batch, STEPS, Start.AS_INITIALIZED);
        } finally {
            System.clearProperty(LARGEST_BUFFER);
        }
        cut.assertSameBits(whole);
    }
}
