package dev.fovea.opencl;

import dev.fovea.ops.Op;
import java.util.List;
import java.util.Optional;

/** The kernels of {@code elementwise.cl}, bound to tensors. */
final class ElementKernels {
    private static final String FILE = "elementwise.cl";

    private ElementKernels() {}

    /** {@code y = f(x)}. */
    static ElementLoop activation(ClWork work, Op op, int capacity, DeviceRegion x, DeviceRegion y) {
        ClKernel kernel = work.kernel(FILE, FusedActivation.defines(Optional.of(op)), "activation_forward");
        return new ElementLoop(work, kernel, capacity, List.of(x, y));
    }

    /** {@code dx = dy·f′}, with f′ from the output {@code y}; or adds it to {@code dx}. */
    static ElementLoop activationGradient(
            ClWork work, Op op, int capacity, DeviceRegion dy, DeviceRegion y, DeviceRegion dx, boolean accumulate) {
        ClKernel kernel = work.kernel(FILE, FusedActivation.defines(Optional.of(op)), "activation_backward");
        return accumulating(new ElementLoop(work, kernel, capacity, List.of(dy, y, dx)), kernel, accumulate);
    }

    /** {@code y = x}, or {@code y = y + x}. */
    static ElementLoop copy(ClWork work, int capacity, DeviceRegion x, DeviceRegion y, boolean accumulate) {
        ClKernel kernel = work.kernel(FILE, FusedActivation.defines(Optional.empty()), "copy");
        return accumulating(new ElementLoop(work, kernel, capacity, List.of(x, y)), kernel, accumulate);
    }

    /** {@code y = f(a + b)}. */
    static ElementLoop add(
            ClWork work, Optional<Op> activation, int capacity, DeviceRegion a, DeviceRegion b, DeviceRegion y) {
        ClKernel kernel = work.kernel(FILE, FusedActivation.defines(activation), "add");
        return new ElementLoop(work, kernel, capacity, List.of(a, b, y));
    }

    private static ElementLoop accumulating(ElementLoop loop, ClKernel kernel, boolean accumulate) {
        kernel.set(loop.nextArgument(), accumulate ? 1 : 0);
        return loop;
    }
}
