/**
 * The CPU's kernels. {@link dev.fovea.runtime.cpu.CpuKernels} has the table from operator to kernel; a kernel has
 * forward and backward side by side, cuts its work into tiles and hands them to {@link dev.fovea.runtime.cpu.Workers};
 * the inner loops are {@link dev.fovea.runtime.simd.Simd}'s.
 *
 * <p>A result never depends on the number of threads: tiles are cut by shape, a tile writes what no other tile writes,
 * and sums over tiles are taken in the tiles' order after all of them are done. All memory is taken when a kernel is
 * bound. What can go wrong does so at binding, as a {@link dev.fovea.runtime.kernels.DeviceException}.
 */
@NullMarked
package dev.fovea.runtime.cpu;

import org.jspecify.annotations.NullMarked;
