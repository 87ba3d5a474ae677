package dev.fovea.opencl;

import java.util.List;

/** The kernels of {@code elementwise.cl}, bound to tensors. */
final class ElementKernels {
    private static final String FILE = "elementwise.cl";

    private ElementKernels() {}

    /** {@code y = f(x)}. */
    static ElementLoop activation(ClWork work, FusedActivation f, int capacity, DeviceRegion x, DeviceRegion y) {
        ClKernel kernel = kernel(work, f, "activation_forward");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(x, y));
        kernel.set(loop.nextArgument(), f.slope());
        return loop;
    }

    /** {@code dx = dy·f′}, with f′ from the output {@code y}; or adds it to {@code dx}. */
    static ElementLoop activationGradient(
            ClWork work,
            FusedActivation f,
            int capacity,
            DeviceRegion dy,
            DeviceRegion y,
            DeviceRegion dx,
            boolean accumulate) {
        ClKernel kernel = kernel(work, f, "activation_backward");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(dy, y, dx));
        kernel.set(loop.nextArgument(), f.slope()).set(loop.nextArgument() + 1, accumulate);
        return loop;
    }

    /** {@code y = x}, or {@code y = y + x}. */
    static ElementLoop copy(ClWork work, int capacity, DeviceRegion x, DeviceRegion y, boolean accumulate) {
        ClKernel kernel = kernel(work, FusedActivation.NONE, "copy");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(x, y));
        kernel.set(loop.nextArgument(), accumulate);
        return loop;
    }

    /** {@code y = 0}. */
    static ElementLoop clear(ClWork work, int capacity, DeviceRegion y) {
        return new ElementLoop(work, kernel(work, FusedActivation.NONE, "clear"), capacity, List.of(y));
    }

    /** {@code y = f(a + b)}. */
    static ElementLoop add(
            ClWork work, FusedActivation f, int capacity, DeviceRegion a, DeviceRegion b, DeviceRegion y) {
        ClKernel kernel = kernel(work, f, "add");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(a, b, y));
        kernel.set(loop.nextArgument(), f.slope());
        return loop;
    }

    private static ClKernel kernel(ClWork work, FusedActivation f, String name) {
        return work.kernel(FILE, f.define(), name);
    }
}
