/**
 * The one interface between generated code and a device. A generated class allocates {@link
 * dev.fovea.runtime.kernels.Memory} once, describes each operator's tensors as {@link
 * dev.fovea.runtime.kernels.Region}s of it, binds a {@link dev.fovea.runtime.kernels.Kernel} for each operator with
 * {@link dev.fovea.runtime.kernels.Kernels#bind}, and from then on only calls {@code forward} and {@code backward}.
 *
 * <p>Binding is where a device looks at the shapes: it chooses an algorithm, builds a program, sets aside workspace. It
 * may fail with a {@link dev.fovea.runtime.kernels.DeviceException}; a bound kernel does not fail, allocates nothing and
 * gives the same bits for any number of threads.
 */
@NullMarked
package dev.fovea.runtime.kernels;

import org.jspecify.annotations.NullMarked;
