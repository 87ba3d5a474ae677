package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Ops;
import dev.fovea.ops.Trait;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.testkit.GoldenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every operator has a kernel on either device. */
class CoverageTest {
    @Test
    void everyOperatorHasAKernelOnTheCpu() {
        assertThat(Ops.ALL).allSatisfy(def -> assertThat(
                        CpuKernels.supports(def.samples().get(0).op().getClass()))
                .as(def.name())
                .isTrue());
    }

    /** With whatever arguments, and with whatever is fused behind it: nothing falls back to the CPU. */
    @Test
    void everyOperatorHasAKernelOnOpenCl() {
        List<Optional<Op>> activations = new ArrayList<>(List.of(Optional.empty()));
        Ops.ALL.stream()
                .filter(def -> def.has(Trait.ACTIVATION))
                .forEach(def -> activations.add(Optional.of(def.samples().get(0).op())));
        assertThat(activations).hasSizeGreaterThan(5);
        for (OpDef<?> def : Ops.ALL) {
            for (OpDef.Sample sample : def.samples()) {
                for (Optional<Op> activation : activations) {
                    assertThat(Operators.of(sample.op(), activation))
                            .as("%s with %s", sample, activation)
                            .isPresent();
                }
            }
        }
    }

    /** The page that tells users; kept with those of the operators. */
    @Test
    void thePageOfDevicesIsFresh() {
        StringBuilder text = new StringBuilder("""
                <!-- Generated from the kernels there are; regenerate with -Dgolden.update=true. -->
                # Operators and devices

                Every operator has a kernel on the CPU, scalar and with SIMD, and on OpenCL, forward and backward, with every argument.
                `fovea devices --check` runs every kernel of a device and compares it with the CPU's.

                | operator | CPU | OpenCL |
                |---|---|---|
                """);
        for (OpDef<?> def : Ops.ALL) {
            Class<? extends Op> type = def.samples().get(0).op().getClass();
            String name = def.name();
            text.append(String.format(
                    "| [`%s`](%s.md) | %s | %s |\n",
                    name,
                    name,
                    CpuKernels.supports(type) ? "yes" : "no",
                    Operators.covers(def.samples().get(0).op()) ? "yes" : "no"));
        }
        GoldenFile.at("../ops/docs/devices.md").check(text.toString());
    }
}
