package dev.fovea.runtime.device;

/**
 * A device that was found.
 *
 * @param id as the user names it: {@code cpu}, {@code opencl:0}
 * @param name as its maker names it
 * @param detail driver, units, memory, in one line
 * @param rank higher is preferred by {@code best}: a GPU 30, the CPU's SIMD 20, a CPU through OpenCL 10
 */
public record DeviceInfo(String id, String name, String detail, int rank) {}
