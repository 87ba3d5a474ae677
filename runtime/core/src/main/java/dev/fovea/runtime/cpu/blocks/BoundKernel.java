package dev.fovea.runtime.cpu.blocks;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;

/** A kernel and what it is bound to. */
public record BoundKernel(Binding binding, Kernel kernel) {}
