package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.LockstepKernels.Stride;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.device.Devices;
import java.io.IOException;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole networks on OpenCL against the CPU, from the model's own initial values: three steps of training in lockstep, kernel by kernel and
 * pass by pass; then freely, the output of all and three steps of those that rounding does not lead astray. A few always; in the
 * long profile small forms of every family and standard models as they are. compiler/docs/parity.md says what each of them shows.
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
        for (Stride stride : Stride.values()) {
            Parity parity = LockstepRun.of(
                    model,
                    Devices.open("cpu", TrainingTask.THREADS),
                    Devices.open(OPENCL, TrainingTask.THREADS),
                    batch,
                    STEPS,
                    stride);
            check(softly, name + ", lockstep, stride of a " + stride, parity);
        }
        boolean parts = ParityModels.partsFromItself(name);
        DeviceRun expected = DeviceRun.of(model, "cpu", batch, STEPS);
        DeviceRun actual = DeviceRun.of(model, OPENCL, batch, STEPS);
        check(softly, name + ", free", Parity.ofOutputs(actual, expected, batch));
        Parity free = parts
                ? Drift.of(actual, expected, DeviceRun.moved(model, "cpu", batch, STEPS))
                : Parity.of(actual, expected);
        check(softly, name + ", three free steps", free);
        softly.assertAll();
    }

    private static void check(SoftAssertions softly, String what, Parity parity) {
        System.out.println(what + ": " + parity);
        softly.assertThat(parity.tooLarge()).as(what).isEmpty();
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
        DeviceRun whole = DeviceRun.of(model, OPENCL, batch, STEPS);
        DeviceRun cut;
        System.setProperty(LARGEST_BUFFER, Long.toString(largestBuffer));
        try {
            cut = DeviceRun.of(model, OPENCL, batch, STEPS);
        } finally {
            System.clearProperty(LARGEST_BUFFER);
        }
        cut.assertSameBits(whole);
    }
}
