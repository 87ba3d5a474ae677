package dev.fovea.runtime.cpu;

/** One array a worker, as long as the neediest kernel asked for. */
public final class Scratch {
    private final float[][] arrays;

    Scratch(int workers) {
        arrays = new float[workers][0];
    }

    /** The worker's array; what is in it was left there by others. */
    public float[] of(int worker) {
        return arrays[worker];
    }

    void reserve(long floats) {
        for (int i = 0; i < arrays.length; i++) {
            if (arrays[i].length < floats) {
                arrays[i] = new float[0];
                arrays[i] = CpuMemory.values(new CpuMemory("workspace", floats));
            }
        }
    }

    long floats() {
        return (long) arrays.length * arrays[0].length;
    }
}
