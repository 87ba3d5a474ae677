package dev.fovea.runtime.model;

import dev.fovea.runtime.kernels.Kernels;
import java.util.function.Consumer;

/** What a device holds for the kernels of a model beside the model's tensors: packed panels, partial sums, transformed weights. */
public final class Workspace {
    private Workspace() {}

    /**
     * Binds the layers of a model, to run nothing.
     *
     * @param kernels a device, best one that only {@linkplain dev.fovea.runtime.cpu.CpuKernels#counting counts}; closed here
     * @param layers what the constructor of the generated class does
     * @return bytes
     * @throws dev.fovea.runtime.kernels.DeviceException when the device could not hold the model
     */
    public static long bytes(Kernels kernels, ModelSpec spec, BuildOptions options, Consumer<Assembly> layers) {
        try (kernels;
                ModelMemory memory = ModelMemory.allocate(kernels, spec, options)) {
            Assembly assembly = new Assembly(kernels, spec, options, memory);
            layers.accept(assembly);
            assembly.ready();
            return kernels.workspaceBytes();
        }
    }
}
