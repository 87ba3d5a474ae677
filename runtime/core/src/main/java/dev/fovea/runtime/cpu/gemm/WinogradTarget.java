package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.WinogradSimd;

/** Puts the 4×4 outputs of patches into the planes they belong to, without those that stick out. */
final class WinogradTarget {
    private static final int OUTPUTS = WinogradSimd.OUTPUTS;

    private final GatherTarget target;

    WinogradTarget(GatherTarget target) {
        this.target = target;
    }

    /** Adds one channel of a tensor of the target's shape to the outputs of a tile, which lie as {@link #store} reads them. */
    void add(Region tensor, float[] outputs, int outputsAt, int stride, TileLayout layout, int channel) {
        float[] values = CpuMemory.values(tensor);
        int column = 0;
        for (int i = 0; i < layout.rows(); i++) {
            int plane = (int) tensor.at(layout.sample(i)) + channel * target.planeArea();
            int top = OUTPUTS * layout.outputRow(i);
            int left = OUTPUTS * layout.firstColumn();
            int length = Math.min(OUTPUTS * layout.width(), target.planeWidth() - left);
            int height = Math.min(OUTPUTS, target.planeHeight() - top);
            for (int y = 0; y < height; y++) {
                int to = outputsAt + y * OUTPUTS * stride + column;
                int from = plane + (top + y) * target.planeWidth() + left;
                for (int x = 0; x < length; x++) {
                    outputs[to + x % OUTPUTS * stride + x / OUTPUTS] += values[from + x];
                }
            }
            column += layout.width();
        }
    }

    /**
     * Stores one channel of a tile.
     *
     * @param outputs {@code [16, stride]}: element (i, j) of each patch in row {@code 4·i + j}
     * @param channel of the target
     */
    void store(float[] outputs, int outputsAt, int stride, TileLayout layout, int channel) {
        float[] values = CpuMemory.values(target.region());
        int column = 0;
        for (int i = 0; i < layout.rows(); i++) {
            int plane = (int) target.region().at(layout.sample(i)) + channel * target.planeArea();
            int top = OUTPUTS * layout.outputRow(i);
            int left = OUTPUTS * layout.firstColumn();
            int length = Math.min(OUTPUTS * layout.width(), target.planeWidth() - left);
            int height = Math.min(OUTPUTS, target.planeHeight() - top);
            for (int y = 0; y < height; y++) {
                int from = outputsAt + y * OUTPUTS * stride + column;
                int to = plane + (top + y) * target.planeWidth() + left;
                if (target.accumulate()) {
                    add(outputs, from, stride, values, to, length);
                } else {
                    put(outputs, from, stride, values, to, length);
                }
            }
            column += layout.width();
        }
    }

    private static void put(float[] outputs, int from, int stride, float[] values, int to, int length) {
        int patch = 0;
        int x = 0;
        for (; x <= length - OUTPUTS; x += OUTPUTS) {
            int at = from + patch++;
            values[to + x] = outputs[at];
            values[to + x + 1] = outputs[at + stride];
            values[to + x + 2] = outputs[at + 2 * stride];
            values[to + x + 3] = outputs[at + 3 * stride];
        }
        for (int j = 0; x < length; x++, j++) {
            values[to + x] = outputs[from + patch + j * stride];
        }
    }

    private static void add(float[] outputs, int from, int stride, float[] values, int to, int length) {
        int patch = 0;
        int x = 0;
        for (; x <= length - OUTPUTS; x += OUTPUTS) {
            int at = from + patch++;
            values[to + x] += outputs[at];
            values[to + x + 1] += outputs[at + stride];
            values[to + x + 2] += outputs[at + 2 * stride];
            values[to + x + 3] += outputs[at + 3 * stride];
        }
        for (int j = 0; x < length; x++, j++) {
            values[to + x] += outputs[from + patch + j * stride];
        }
    }
}
