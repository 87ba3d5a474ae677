package dev.fovea.runtime.model;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Region;

/** Copies batches between arrays and regions, in one piece where the samples lie one behind the other. */
final class Transfer {
    private Transfer() {}

    static void write(Region region, Shape shape, float[] samples, int batch) {
        int size = (int) shape.size();
        if (region.stride() == size) {
            region.memory().write(region.offset(), samples, 0, Math.multiplyExact(batch, size));
            return;
        }
        for (int i = 0; i < batch; i++) {
            region.memory().write(region.at(i), samples, i * size, size);
        }
    }

    static void read(Region region, Shape shape, float[] samples, int batch) {
        int size = (int) shape.size();
        if (region.stride() == size) {
            region.memory().read(region.offset(), samples, 0, Math.multiplyExact(batch, size));
            return;
        }
        for (int i = 0; i < batch; i++) {
            region.memory().read(region.at(i), samples, i * size, size);
        }
    }
}
