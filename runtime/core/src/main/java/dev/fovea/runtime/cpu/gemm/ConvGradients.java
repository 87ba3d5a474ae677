package dev.fovea.runtime.cpu.gemm;

import java.util.Optional;

/**
 * What a convolution computes backward beside the sums of its bias.
 *
 * @param input the gradient of the input, where somebody wants it
 * @param weight the gradient of the weight, likewise
 */
record ConvGradients(Optional<InputSums> input, Optional<WeightSums> weight) {}
