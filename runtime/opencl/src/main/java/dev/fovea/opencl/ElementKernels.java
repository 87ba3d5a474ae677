package dev.fovea.opencl;

import java.util.List;

/** The kernels of {@code elementwise.cl}, bound to tensors. */
final class ElementKernels {
    private static final String FILE = "elementwise.cl";

    private ElementKernels() {}

    /** {@code y = f(x)}. */
    static ElementLoop activation(ClWork work, FusedActivation f, int capacity, DeviceRegion x, DeviceRegion y) {
        ClKernel kernel = work.kernel(FILE, new Defines(), "activation_forward");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(x, y));
        f.set(kernel, loop.nextArgument());
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
        ClKernel kernel = work.kernel(FILE, new Defines(), "activation_backward");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(dy, y, dx));
        kernel.set(f.set(kernel, loop.nextArgument()), accumulate);
        return loop;
    }

    /** {@code y = x}, or {@code y = y + x}. */
    static ElementLoop copy(ClWork work, int capacity, DeviceRegion x, DeviceRegion y, boolean accumulate) {
        ClKernel kernel = work.kernel(FILE, new Defines(), "copy");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(x, y));
        kernel.set(loop.nextArgument(), accumulate);
        return loop;
    }

    /** {@code y = 0}. */
    static ElementLoop clear(ClWork work, int capacity, DeviceRegion y) {
        return new ElementLoop(work, work.kernel(FILE, new Defines(), "clear"), capacity, List.of(y));
    }

    /** {@code y = f(a + b)}. */
    static ElementLoop add(
            ClWork work, FusedActivation f, int capacity, DeviceRegion a, DeviceRegion b, DeviceRegion y) {
        ClKernel kernel = work.kernel(FILE, new Defines(), "add");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(a, b, y));
        f.set(kernel, loop.nextArgument());
        return loop;
    }
}
