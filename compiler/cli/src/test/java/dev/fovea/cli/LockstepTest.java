package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.FaultyKernels.Fault;
import dev.fovea.cli.FaultyKernels.Kind;
import dev.fovea.cli.LockstepKernels.Stride;
import dev.fovea.cli.Parity.Deviation;
import dev.fovea.runtime.device.Devices;
import dev.fovea.runtime.kernels.Kernels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That lockstep notices a fault of a fifth of a per cent in any one tensor that any one layer writes, and says which layer it was. */
class LockstepTest {
    private static final int BATCH = 4;

    private static LoadedModel network;

    @BeforeAll
    static void load() throws Exception {
        network = ParityModels.loaded("ResNet");
    }

    @ParameterizedTest
    @EnumSource(Stride.class)
    void aDeviceAgreesWithItself(Stride stride) throws Exception {
        Parity parity = run(cpu(), 3, stride);
        assertThat(parity.deviations())
                .extracting(Deviation::kind)
                .contains("output", "value", "loss", "statistics", "input gradient", "gradient", "update", "momentum");
        assertThat(parity.deviations())
                .allSatisfy(one -> assertThat(one.found()).isZero());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"VALUE", "GRADIENT"})
    void aFaultOfOneKernelIsFoundThereAndNowhereElse(Kind kind) throws Exception {
        int count = count(kind);
        for (int i = 0; i < count; i++) {
            FaultyKernels faulty = new FaultyKernels(cpu(), new Fault(kind, i));
            Parity parity = run(faulty, 1, Stride.KERNEL);
            assertThat(parity.tooLarge()).singleElement().satisfies(one -> assertThat(one.where())
                    .startsWith("step 0, " + faulty.faultyLayer()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"VALUE", "GRADIENT"})
    void aFaultOfOneKernelIsNoticedInAWholePass(Kind kind) throws Exception {
        int count = count(kind);
        for (int i = 0; i < count; i++) {
            FaultyKernels faulty = new FaultyKernels(cpu(), new Fault(kind, i));
            assertThat(run(faulty, 1, Stride.PASS).tooLarge())
                    .anySatisfy(one -> assertThat(one.where()).startsWith("step 0, " + faulty.faultyLayer()));
        }
    }

    @Test
    void aFaultOfTheOptimizerIsNoticed() throws Exception {
        Parity parity = run(new FaultyKernels(cpu(), new Fault(Kind.MOMENTUM, 0)), 1, Stride.PASS);
        assertThat(parity.tooLarge()).isNotEmpty().allSatisfy(one -> assertThat(one.kind())
                .isEqualTo("momentum"));
    }

    private static int count(Kind kind) throws Exception {
        FaultyKernels healthy = new FaultyKernels(cpu(), new Fault(Kind.NONE, 0));
        assertThat(run(healthy, 1, Stride.KERNEL).tooLarge()).isEmpty();
        int count = healthy.count(kind);
        assertThat(count).isGreaterThan(20);
        return count;
    }

    private static Parity run(Kernels device, int steps, Stride stride) throws Exception {
        return LockstepRun.of(network, cpu(), device, BATCH, steps, stride);
    }

    private static Kernels cpu() {
        return Devices.open("cpu", TrainingTask.THREADS);
    }
}
