package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdPlanes;
import java.util.Arrays;

/**
 * Some rows of the planes that a {@link Gather} reads of a few channels, padded and sorted by phase as {@link GatherAxis} says, so that a
 * tap is one distance. Rows lie {@link #pitch} floats apart, output rows too: {@code count} of them are one range of {@link #length} floats.
 */
final class PreparedPlanes {
    /** Floats of a band, prepared and computed: together with what they are copied from and to they stay in the first-level cache. */
    private static final int BAND = 2 << 10;

    private final Gather gather;
    private final SimdPlanes simd;
    private final int lanes;
    private final int imageWidth;
    private final int channels;
    private final int bandRows;
    private final int planeStride;

    /**
     * Planes to be filled.
     *
     * @param channels prepared together
     * @param ranges of outputs that are held beside them
     */
    PreparedPlanes(Gather gather, Simd simd, int imageWidth, int channels, int ranges) {
        this.gather = gather;
        this.simd = simd.planes();
        this.lanes = simd.lanes();
        this.imageWidth = imageWidth;
        this.channels = channels;
        int height = gather.rows().outputs();
        int most = Math.max(1, BAND / (pitch() * (channels * gather.phases() + ranges)));
        int bands = Math.max(1, (height + most - 1) / most);
        this.bandRows = (height + bands - 1) / bands;
        this.planeStride = Math.multiplyExact(bandRows + gather.rows().span(), pitch());
    }

    /** From one row to the next. */
    int pitch() {
        return gather.columns().outputs() + gather.columns().span();
    }

    /** Output rows that are done at a time. */
    int bandRows() {
        return bandRows;
    }

    /** How many times {@link #bandRows} there are. */
    int bands() {
        return bandRows == 0 ? 0 : (gather.rows().outputs() + bandRows - 1) / bandRows;
    }

    /** From one channel to the next. */
    int channelStride() {
        return gather.phases() * planeStride;
    }

    /** Floats for all of it, with what is read behind the end. */
    int floats() {
        return Math.addExact(Math.multiplyExact(channels, channelStride()), lanes);
    }

    /** Floats from the first output of so many rows to the last, up to whole registers. */
    int length(int rows) {
        int outputs = (rows - 1) * pitch() + gather.columns().outputs();
        return (outputs + lanes - 1) / lanes * lanes;
    }

    /** Where a tap of a channel is read for the first output. */
    int offset(int channel, int tap) {
        return channel * channelStride()
                + gather.phase(tap) * planeStride
                + gather.rowOffset(tap) * pitch()
                + gather.columnOffset(tap);
    }

    /** Makes what is read behind the end zero; to be done before {@link #fill}, once. */
    void clearEnd(float[] target) {
        Arrays.fill(target, floats() - lanes, floats(), 0f);
    }

    /**
     * Prepares what {@code count} output rows read of a channel.
     *
     * @param from where the channel's plane begins
     * @param target filled from {@code channel·channelStride} on
     */
    void fill(float[] source, int from, int firstRow, int count, int channel, float[] target) {
        GatherAxis rows = gather.rows();
        int prepared = count + rows.span();
        int at = channel * channelStride();
        for (int phase = 0; phase < rows.phases(); phase++) {
            int[] sources = rows.sources(phase);
            int begin = Math.min(Math.max(rows.innerFirst(phase) - firstRow, 0), prepared);
            int end = Math.max(begin, Math.min(rows.innerEnd(phase) - firstRow, prepared));
            fillBorder(source, from, sources, firstRow, 0, begin, target, at);
            if (begin < end) {
                int inner = from + sources[firstRow + begin] * imageWidth;
                fillRows(source, inner, rows.step() * imageWidth, target, at + begin * pitch(), end - begin);
            }
            fillBorder(source, from, sources, firstRow, end, prepared, target, at);
            at += gather.columns().phases() * planeStride;
        }
    }

    private void fillBorder(
            float[] source, int from, int[] sources, int firstRow, int begin, int end, float[] target, int at) {
        for (int p = begin; p < end; p++) {
            int row = sources[firstRow + p];
            int to = at + p * pitch();
            if (row >= 0) {
                fillRows(source, from + row * imageWidth, 0, target, to, 1);
                continue;
            }
            for (int phase = 0; phase < gather.columns().phases(); phase++) {
                Arrays.fill(target, to + phase * planeStride, to + phase * planeStride + pitch(), 0f);
            }
        }
    }

    /** Fills rows that lie within the image, {@code sourceStep} floats apart. */
    private void fillRows(float[] source, int from, int sourceStep, float[] target, int to, int rows) {
        GatherAxis columns = gather.columns();
        if (columns.step() == 2 && columns.phases() == 2) {
            fillPair(source, from, sourceStep, target, to, rows);
            return;
        }
        for (int phase = 0; phase < columns.phases(); phase++) {
            int begin = Math.min(columns.innerFirst(phase), pitch());
            int end = Math.max(begin, Math.min(columns.innerEnd(phase), pitch()));
            int at = to + phase * planeStride;
            int inner = begin < end ? from + columns.sources(phase)[begin] : 0;
            if (columns.step() == 1) {
                simd.copyRows(source, inner, sourceStep, target, at + begin, pitch(), rows, end - begin);
            } else {
                copyEvery(columns.step(), source, inner, sourceStep, target, at + begin, rows, end - begin);
            }
            fillEnds(source, from, sourceStep, phase, begin, end, target, at, rows);
        }
    }

    /** Both phases of columns two apart, where they are in the image together. */
    private void fillPair(float[] source, int from, int sourceStep, float[] target, int to, int rows) {
        GatherAxis columns = gather.columns();
        int begin = Math.min(Math.max(columns.innerFirst(0), columns.innerFirst(1)), pitch());
        int end = Math.max(begin, Math.min(Math.min(columns.innerEnd(0), columns.innerEnd(1)), pitch()));
        int odd = to + planeStride;
        if (begin < end) {
            int inner = from + columns.sources(0)[begin];
            simd.partRows(source, inner, sourceStep, target, to + begin, odd + begin, pitch(), rows, end - begin);
        }
        fillEnds(source, from, sourceStep, 0, begin, end, target, to, rows);
        fillEnds(source, from, sourceStep, 1, begin, end, target, odd, rows);
    }

    private void copyEvery(
            int step, float[] source, int from, int sourceStep, float[] target, int to, int rows, int length) {
        for (int row = 0; row < rows; row++) {
            int sourceAt = from + row * sourceStep;
            int targetAt = to + row * pitch();
            for (int i = 0; i < length; i++) {
                target[targetAt + i] = source[sourceAt + i * step];
            }
        }
    }

    /** The columns before {@code begin} and from {@code end} on, as the padding says. */
    private void fillEnds(
            float[] source, int from, int sourceStep, int phase, int begin, int end, float[] target, int to, int rows) {
        int last = gather.columns().sources(phase).length;
        for (int column = 0; column < begin; column++) {
            fillColumn(source, from, sourceStep, phase, column, target, to, rows);
        }
        for (int column = end; column < last; column++) {
            fillColumn(source, from, sourceStep, phase, column, target, to, rows);
        }
    }

    private void fillColumn(
            float[] source, int from, int sourceStep, int phase, int column, float[] target, int to, int rows) {
        int pitch = pitch();
        int read = gather.columns().sources(phase)[column];
        for (int row = 0; row < rows; row++) {
            target[to + column + row * pitch] = read < 0 ? 0f : source[from + read + row * sourceStep];
        }
    }
}
