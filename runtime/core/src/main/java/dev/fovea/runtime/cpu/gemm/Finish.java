package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import org.jspecify.annotations.Nullable;

/** What becomes of the sums of a product before they are stored: a tensor is added, an activation applied. */
final class Finish {
    private Activation activation;
    private @Nullable Region residual;

    Finish(Activation activation) {
        this.activation = activation;
    }

    /** Another activation, from now on. */
    void activate(Activation other) {
        activation = other;
    }

    /** Adds a tensor of the output's shape, before the activation. */
    void add(Region tensor) {
        residual = tensor;
    }

    /** What is applied last. */
    Activation activation() {
        return activation;
    }

    /** What is added, or null. */
    @Nullable
    Region residual() {
        return residual;
    }

    /** Finishes what is stored already: some elements of a sample, from {@code place} on. */
    void apply(Simd simd, Region output, int sample, int place, int length) {
        float[] values = CpuMemory.values(output);
        int at = (int) output.at(sample) + place;
        if (residual != null) {
            simd.add(CpuMemory.values(residual), (int) residual.at(sample) + place, values, at, length);
        }
        activation.apply(values, at, length);
    }

    /** Whether the sums are stored as they are. */
    boolean isNothing() {
        return activation == Activation.NONE && residual == null;
    }
}
