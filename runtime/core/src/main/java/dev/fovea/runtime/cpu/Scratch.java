package dev.fovea.runtime.cpu;

/** One array a worker, as long as the neediest kernel asked for. */
public final class Scratch {
    private final float[][] arrays;
    private final CpuHeap heap;
    private long length;

    Scratch(int workers, CpuHeap heap) {
        this.arrays = new float[workers][0];
        this.heap = heap;
    }

    /** The worker's array; what is in it was left there by others. */
    public float[] of(int worker) {
        return arrays[worker];
    }

    void reserve(long floats) {
        if (floats <= length) {
            return;
        }
        length = 0; // until all are there
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = new float[0];
            arrays[i] = CpuMemory.values(heap.take("workspace", floats));
        }
        length = floats;
    }

    long floats() {
        return arrays.length * length;
    }
}
