package dev.fovea.cli;

import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdChoice;
import java.util.function.Supplier;

/**
 * The processor that memory is counted for: how many threads there are and how wide registers are decides how much kernels work with.
 *
 * @param threads that compute
 * @param simd the inner loops
 */
record Machine(int threads, Supplier<Simd> simd) {
    /** The one that this program runs on. */
    static Machine here() {
        return new Machine(Runtime.getRuntime().availableProcessors(), SimdChoice::best);
    }

    /** The same with other threads. */
    Machine with(int others) {
        return new Machine(others, simd);
    }

    /** Kernels that count what they would take. */
    CpuKernels counting() {
        return CpuKernels.counting(threads, simd.get());
    }
}
