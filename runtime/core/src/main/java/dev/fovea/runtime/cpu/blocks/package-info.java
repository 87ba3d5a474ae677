/**
 * Tensors in channel blocks: {@code [C/16, H, W, 16]}, so that a register holds channels of one pixel. In a model that only infers the order of what
 * lies between the layers is the device's own affair; which tensors lie so is decided when all kernels are bound.
 */
@NullMarked
package dev.fovea.runtime.cpu.blocks;

import org.jspecify.annotations.NullMarked;
