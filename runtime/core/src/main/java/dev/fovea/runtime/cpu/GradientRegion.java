package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A gradient as a kernel holds it: never null, so that inner loops need not ask.
 *
 * @param region where it lies; the value's own when it is not wanted, and then never touched
 * @param wanted whether there is one
 * @param accumulate whether to add to what is there
 */
record GradientRegion(Region region, boolean wanted, boolean accumulate) {
    static GradientRegion of(Operand operand) {
        return of(operand.gradient(), operand.value());
    }

    static GradientRegion of(ParameterOperand parameter) {
        return of(parameter.gradient(), parameter.value());
    }

    private static GradientRegion of(@Nullable Gradient gradient, Region value) {
        return gradient == null
                ? new GradientRegion(value, false, false)
                : new GradientRegion(gradient.region(), true, gradient.accumulate());
    }

    float[] values() {
        return CpuMemory.values(region);
    }

    /** Where a sample begins. */
    int at(int sample) {
        return (int) region.at(sample);
    }

    /** Takes a range of the gradient, which lies elsewhere: adds it or writes it, as {@link #accumulate} says. */
    void receive(Simd simd, int sample, int from, float[] source, int sourceAt, int length) {
        int at = at(sample) + from;
        if (accumulate) {
            simd.add(source, sourceAt, values(), at, length);
        } else {
            System.arraycopy(source, sourceAt, values(), at, length);
        }
    }

    /** Takes one element of a parameter's gradient. */
    void receive(int index, double value) {
        if (wanted) {
            int at = at(0) + index;
            values()[at] = (float) (accumulate ? values()[at] + value : value);
        }
    }

    /** Makes a range zero where it will not be added to, so that all parts of the gradient can be added. */
    void clear(int sample, int from, int length) {
        if (!accumulate) {
            int at = at(sample) + from;
            Arrays.fill(values(), at, at + length, 0);
        }
    }
}
