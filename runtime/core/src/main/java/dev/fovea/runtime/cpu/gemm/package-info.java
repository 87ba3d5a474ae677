/**
 * Convolutions and dense layers as matrix products. A convolution is the product of its weight, a row for each output
 * channel, and a matrix with a column for each output position that is never made as a whole: a {@link
 * dev.fovea.runtime.cpu.gemm.Gather} says which input each element comes from, and a tile of some 256 columns is brought
 * into the cache just before it is used. The gradient of the input is a gather too, from the gradient of the output; the
 * gradient of the weight is the product whose sum runs over positions.
 *
 * <p>In come bound tensors; out goes what {@link dev.fovea.runtime.kernels.Kernel} says. Nothing can go wrong after
 * binding, when workspace may not fit the heap.
 *
 * <p>The blocking (parts of the sum that fit the first-level cache, panels as wide as two registers, tiles of six rows)
 * follows Goto and van de Geijn, <i>Anatomy of High-Performance Matrix Multiplication</i>, 2008.
 */
@NullMarked
package dev.fovea.runtime.cpu.gemm;

import org.jspecify.annotations.NullMarked;
