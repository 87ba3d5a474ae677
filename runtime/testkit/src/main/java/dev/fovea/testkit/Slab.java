package dev.fovea.testkit;

import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;

/** A tensor's place in an {@link Arena}. */
record Slab(long offset, long stride, int size) {
    Region in(Memory memory) {
        return new Region(memory, offset, stride);
    }

    /** Writes the first samples. */
    void write(Memory memory, float[] values) {
        for (int sample = 0; sample * size < values.length; sample++) {
            memory.write(offset + sample * stride, values, sample * size, size);
        }
    }

    /** Reads the first samples. */
    float[] read(Memory memory, int samples) {
        float[] values = new float[samples * size];
        for (int sample = 0; sample < samples; sample++) {
            memory.read(offset + sample * stride, values, sample * size, size);
        }
        return values;
    }

    void fill(Memory memory, int samples, float value) {
        for (int sample = 0; sample < samples; sample++) {
            memory.fill(offset + sample * stride, size, value);
        }
    }
}
