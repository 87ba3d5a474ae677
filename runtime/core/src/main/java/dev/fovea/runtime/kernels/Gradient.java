package dev.fovea.runtime.kernels;

/**
 * Where the gradient of a tensor goes.
 *
 * @param region of the same shape as the value
 * @param accumulate whether backward adds to what another operator has written in this step, or overwrites
 */
public record Gradient(Region region, boolean accumulate) {}
