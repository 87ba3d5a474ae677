package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.OpDef;
import dev.fovea.ops.Ops;
import dev.fovea.ops.Trait;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.testkit.GoldenFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every operator has a kernel on either device. */
class CoverageTest {
    /** What still runs on the CPU, or does with some arguments. This list may only become shorter. */
    private static final Set<String> WITHOUT_OPENCL = Set.of("cross_entropy");

    @Test
    void everyOperatorHasAKernelOnTheCpu() {
        assertThat(Ops.ALL).allSatisfy(def -> assertThat(
                        CpuKernels.supports(def.samples().get(0).op().getClass()))
                .as(def.name())
                .isTrue());
    }

    @Test
    void everyOperatorButTheListedHasAKernelOnOpenCl() {
        List<String> missing = Ops.ALL.stream()
                .filter(def -> !def.samples().stream().allMatch(sample -> Operators.covers(sample.op())))
                .map(OpDef::name)
                .toList();
        assertThat(missing).containsExactlyInAnyOrderElementsOf(WITHOUT_OPENCL);
    }

    /** The page that tells users; kept with those of the operators. */
    @Test
    void thePageOfDevicesIsFresh() {
        StringBuilder text = new StringBuilder("""
                <!-- Generated from the kernels there are; regenerate with -Dgolden.update=true. -->
                # Operators and devices

                Every operator has a kernel on the CPU, forward and backward, scalar and with SIMD. On OpenCL an operator without a kernel runs
                on the CPU, its tensors being copied there and back; the log says so once. `fovea devices --check` runs every kernel of
                a device and compares it with the CPU's.

                | operator | CPU | OpenCL |
                |---|---|---|
                """);
        for (OpDef<?> def : Ops.ALL) {
            long covered = def.samples().stream()
                    .filter(sample -> Operators.covers(sample.op()))
                    .count();
            String openCl = covered == def.samples().size() ? "yes" : covered == 0 ? "no" : "with some arguments";
            String name = def.name();
            text.append("| [`" + name + "`](" + name + ".md) | yes | " + openCl + " |\n");
        }
        GoldenFile.at("../ops/docs/devices.md").check(text.toString());
    }

    /** An activation without one would take the operator it is fused behind to the CPU too. */
    @Test
    void everyActivationWithAKernelCanBeFused() {
        assertThat(Ops.ALL.stream()
                        .filter(def -> def.has(Trait.ACTIVATION))
                        .filter(def -> !WITHOUT_OPENCL.contains(def.name())))
                .allSatisfy(def -> assertThat(FusedActivation.isCovered(
                                Optional.of(def.samples().get(0).op())))
                        .as(def.name())
                        .isTrue());
    }
}
