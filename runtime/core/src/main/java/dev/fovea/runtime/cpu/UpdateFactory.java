package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;

/** Makes the update of one kind of optimizer. */
@FunctionalInterface
interface UpdateFactory {
    Update bind(Optimizer optimizer, UpdateBinding binding, Cpu cpu);
}
