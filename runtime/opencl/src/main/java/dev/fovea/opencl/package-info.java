/**
 * Runs operators on OpenCL devices, through JOCL. In come {@link dev.fovea.runtime.kernels.Binding}s with regions of memory
 * on the device; out go {@link dev.fovea.runtime.kernels.Kernel}s whose calls enqueue programs on one in-order queue. Nothing
 * moves between host and device but what the caller writes and reads, and what an operator without a program here needs to
 * run on the CPU, which is logged.
 *
 * <p>Read {@link dev.fovea.opencl.OpenClProvider} for how devices are found, {@code OpenClKernels} for what a model owns,
 * {@code ClBuffer} for every transfer there is, then an operator such as {@code ActivationKernel} beside its
 * {@code activation.cl}. The programs are text files, one an operator family; what differs between two layers reaches them as
 * numbers only, in {@code Defines}.
 *
 * <p>What goes wrong is a {@link dev.fovea.runtime.kernels.DeviceException} with a message for the user: no memory, a program
 * that does not build. A missing binding, loader, driver or device is not a failure: there is no device then, and {@link
 * dev.fovea.opencl.OpenClProvider#absence} says why.
 */
@NullMarked
package dev.fovea.opencl;

import org.jspecify.annotations.NullMarked;
