package dev.fovea.vector;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.simd.BlockSimd;

/** Samples of images in planes as samples in channel blocks, and back. */
final class BlockOrder {
    private static final int SIZE = BlockSimd.SIZE;

    private BlockOrder() {}

    static float[] blocks(float[] planes, Shape shape) {
        float[] blocks = new float[planes.length];
        for (int i = 0; i < planes.length; i++) {
            blocks[inBlocks(i, shape)] = planes[i];
        }
        return blocks;
    }

    static float[] planes(float[] blocks, Shape shape) {
        float[] planes = new float[blocks.length];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = blocks[inBlocks(i, shape)];
        }
        return planes;
    }

    /** Samples hold whole blocks, so that channels may be counted through all of them. */
    private static int inBlocks(int at, Shape shape) {
        int pixel = at % shape.area();
        int channel = at / shape.area();
        return (channel / SIZE * shape.area() + pixel) * SIZE + channel % SIZE;
    }
}
