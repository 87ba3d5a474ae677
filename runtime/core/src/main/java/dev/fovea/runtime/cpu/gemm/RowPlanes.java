package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.SimdPlanes;

/** Copies rows of the channels of an image to where they have zeros around them, which are there already. */
final class RowPlanes {
    private final SimdPlanes simd;
    private final Gather gather;
    private final int channels;
    private final int width;
    private final int area;
    private final int channelStride;

    /**
     * Of an image.
     *
     * @param gather padded with zeros, step 1
     * @param width of the image
     * @param area of the image
     * @param channelStride from one channel's copy to the next
     */
    RowPlanes(SimdPlanes simd, Gather gather, int channels, int width, int area, int channelStride) {
        this.simd = simd;
        this.gather = gather;
        this.channels = channels;
        this.width = width;
        this.area = area;
        this.channelStride = channelStride;
    }

    /** From one row's copy to the next. */
    static int pitch(Gather gather) {
        return gather.columns().outputs() + gather.columns().span();
    }

    /** Copies what the outputs from one row to before another read. */
    void fill(float[] source, int sampleAt, int firstRow, int endRow, float[] target) {
        GatherAxis rows = gather.rows();
        GatherAxis columns = gather.columns();
        int from = Math.max(firstRow, rows.innerFirst(0));
        int count = Math.min(endRow + rows.span(), rows.innerEnd(0)) - from;
        int left = columns.innerFirst(0);
        int length = columns.innerEnd(0) - left;
        if (count <= 0 || length <= 0) {
            return;
        }
        int pitch = pitch(gather);
        int at = sampleAt + rows.sources(0)[from] * width + columns.sources(0)[left];
        int to = (from - firstRow) * pitch + left;
        for (int channel = 0; channel < channels; channel++) {
            simd.copyRows(
                    source, at + channel * area, width, target, to + channel * channelStride, pitch, count, length);
        }
    }
}
