package dev.fovea.testkit;

import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.simd.ScalarSimd;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The operator contract on the CPU without SIMD. The other devices' modules run it on theirs. */
class CpuContractTest {
    private static Supplier<Kernels> cpu(int threads) {
        return () -> new CpuKernels(threads, new ScalarSimd());
    }

    @TestFactory
    Stream<DynamicNode> contract() {
        return OpContract.dynamicTests(cpu(2));
    }

    @TestFactory
    Stream<DynamicNode> anyNumberOfThreadsGivesTheSameBits() {
        return OpContract.sameBits(List.of(cpu(1), cpu(2), cpu(3)), def -> true);
    }

    @TestFactory
    Stream<DynamicNode> memory() {
        return MemoryContract.dynamicTests(cpu(2));
    }

    @TestFactory
    Stream<DynamicNode> updates() {
        return UpdateContract.dynamicTests(cpu(2));
    }

    @TestFactory
    Stream<DynamicNode> workspaceIsCountedWithoutARun() {
        return OpContract.takesWhatItCounts(cpu(2), () -> CpuKernels.counting(2, new ScalarSimd()), def -> true);
    }

    @TestFactory
    Stream<DynamicNode> aStepTakesNoMemory() {
        return OpContract.allocatesNothing(cpu(1), def -> true);
    }
}
