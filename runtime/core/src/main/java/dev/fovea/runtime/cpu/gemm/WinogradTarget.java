package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.WinogradSimd;

/** Puts the 4×4 outputs of patches into the planes they belong to, without those that stick out. */
final class WinogradTarget {
    private static final int OUTPUTS = WinogradSimd.OUTPUTS;

    private final Simd simd;
    private final GatherTarget target;

    WinogradTarget(Simd simd, GatherTarget target) {
        this.simd = simd;
        this.target = target;
    }

    /** Adds one channel of a tensor of the target's shape to the outputs of a tile, which lie as {@link #store} reads them. */
    void add(Region tensor, float[] outputs, int outputsAt, int stride, PatchTile tile, int channel) {
        float[] values = CpuMemory.values(tensor);
        int to = outputsAt;
        for (int run = 0; run < tile.runs(); run++) {
            int from = first(tensor, tile, run, channel);
            int height = height(tile, run);
            int length = length(tile, run);
            for (int y = 0; y < height; y++) {
                simd.add(values, from + y * target.planeWidth(), outputs, to + y * stride, length);
            }
            to += OUTPUTS * tile.length(run);
        }
    }

    /**
     * Stores one channel of a tile.
     *
     * @param outputs {@code [4, stride]}: the rows of the patches, side by side in the order of the patches
     * @param channel of the target
     */
    void store(float[] outputs, int outputsAt, int stride, PatchTile tile, int channel) {
        float[] values = CpuMemory.values(target.region());
        int from = outputsAt;
        for (int run = 0; run < tile.runs(); run++) {
            int to = first(target.region(), tile, run, channel);
            int height = height(tile, run);
            int length = length(tile, run);
            for (int y = 0; y < height; y++) {
                if (target.accumulate()) {
                    simd.add(outputs, from + y * stride, values, to + y * target.planeWidth(), length);
                } else {
                    System.arraycopy(outputs, from + y * stride, values, to + y * target.planeWidth(), length);
                }
            }
            from += OUTPUTS * tile.length(run);
        }
    }

    private int first(Region tensor, PatchTile tile, int run, int channel) {
        int top = OUTPUTS * tile.row(run);
        int left = OUTPUTS * tile.first(run);
        return (int) tensor.at(tile.sample(run)) + channel * target.planeArea() + top * target.planeWidth() + left;
    }

    private int height(PatchTile tile, int run) {
        return Math.min(OUTPUTS, target.planeHeight() - OUTPUTS * tile.row(run));
    }

    private int length(PatchTile tile, int run) {
        return Math.min(OUTPUTS * tile.length(run), target.planeWidth() - OUTPUTS * tile.first(run));
    }
}
