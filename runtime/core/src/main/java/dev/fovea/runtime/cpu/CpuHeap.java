package dev.fovea.runtime.cpu;

/** What stands behind the memory that the CPU hands out. */
enum CpuHeap {
    /** Arrays of the Java heap. */
    ARRAYS,
    /** Nothing: memory has a length and no numbers, and what is written to it is gone. Kernels can be bound to it, to learn what a model would take, and not be run. */
    LENGTHS;

    /** Memory for a purpose, see {@link dev.fovea.runtime.kernels.Kernels#allocate}. */
    CpuMemory take(String purpose, long floats) {
        return new CpuMemory(purpose, floats, this);
    }
}
