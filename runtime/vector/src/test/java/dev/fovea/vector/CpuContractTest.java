package dev.fovea.vector;

import dev.fovea.ops.OpDef;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.testkit.MemoryContract;
import dev.fovea.testkit.OpContract;
import dev.fovea.testkit.UpdateContract;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The contract of every operator on the CPU with SIMD; that of the scalar loops is checked where the contract is. */
class CpuContractTest {
    @TestFactory
    Stream<DynamicNode> contract() {
        return Simds.vector().stream()
                .map(simd -> DynamicContainer.dynamicContainer(
                        simd.description(),
                        OpContract.dynamicTests(() -> new CpuKernels(2, simd), CpuContractTest::supported)));
    }

    @TestFactory
    Stream<DynamicNode> sameBitsOnAnyNumberOfThreads() {
        return Simds.vector().stream()
                .map(simd -> DynamicContainer.dynamicContainer(
                        simd.description(),
                        OpContract.sameBits(
                                List.of(kernels(1, simd), kernels(2, simd), kernels(3, simd)),
                                CpuContractTest::supported)));
    }

    @TestFactory
    Stream<DynamicNode> optimizersAndMemory() {
        return Simds.vector().stream()
                .map(simd -> DynamicContainer.dynamicContainer(
                        simd.description(),
                        Stream.concat(
                                UpdateContract.dynamicTests(kernels(2, simd)),
                                MemoryContract.dynamicTests(kernels(2, simd)))));
    }

    @TestFactory
    Stream<DynamicNode> workspaceIsCountedWithoutARun() {
        return Simds.vector().stream()
                .map(simd -> DynamicContainer.dynamicContainer(
                        simd.description(),
                        OpContract.takesWhatItCounts(
                                kernels(3, simd), () -> CpuKernels.counting(3, simd), CpuContractTest::supported)));
    }

    private static Supplier<Kernels> kernels(int threads, Simd simd) {
        return () -> new CpuKernels(threads, simd);
    }

    private static boolean supported(OpDef<?> def) {
        return CpuKernels.supports(def.samples().get(0).op().getClass());
    }
}
