package dev.fovea.runtime.cpu.gemm;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The terms of the sums of outputs that lie in rows: where each is read and which of a weight's row it is, in the order of {@link
 * GatherProduct}. Near the image's border a sum has fewer rows of the window; the terms of each set of rows follow those of the one before.
 */
final class RowTerms {
    private final Gather gather;
    private final int channels;
    private final int rowStride;
    private final int channelStride;
    private final Map<List<Integer>, Integer> firsts = new LinkedHashMap<>();
    private int[] offsets = {};
    private int[] places = {};

    /**
     * None yet, of an image whose rows and channels lie so far apart.
     *
     * @param gather of step 1
     */
    RowTerms(Gather gather, int channels, int rowStride, int channelStride) {
        this.gather = gather;
        this.channels = channels;
        this.rowStride = rowStride;
        this.channelStride = channelStride;
    }

    /** Terms that follow each other. */
    record Range(int first, int count) {}

    /** Those of so many rows of outputs together: of all rows of the window that meet the image for one of them at least. */
    Range of(int firstRow, int rows) {
        GatherAxis axis = gather.rows();
        List<Integer> taps = IntStream.range(0, axis.taps())
                .filter(tap -> firstRow + rows - 1 + axis.offset(tap) >= axis.innerFirst(0)
                        && firstRow + axis.offset(tap) < axis.innerEnd(0))
                .boxed()
                .toList();
        return of(taps);
    }

    /** All that a sum can have. */
    Range all() {
        return of(IntStream.range(0, gather.rows().taps()).boxed().toList());
    }

    private Range of(List<Integer> rowTaps) {
        Integer first = firsts.get(rowTaps);
        if (first == null) {
            first = offsets.length;
            firsts.put(rowTaps, first);
            append(rowTaps);
        }
        return new Range(first, channels * rowTaps.size() * gather.columns().taps());
    }

    private void append(List<Integer> rowTaps) {
        GatherAxis columns = gather.columns();
        int at = offsets.length;
        int count = channels * rowTaps.size() * columns.taps();
        offsets = Arrays.copyOf(offsets, at + count);
        places = Arrays.copyOf(places, at + count);
        for (int channel = 0; channel < channels; channel++) {
            for (int row : rowTaps) {
                for (int column = 0; column < columns.taps(); column++) {
                    offsets[at] =
                            channel * channelStride + gather.rows().offset(row) * rowStride + columns.offset(column);
                    places[at++] = (channel * gather.rows().taps() + row) * columns.taps() + column;
                }
            }
        }
    }

    /** Where each term is read, for the first output of a row. */
    int[] offsets() {
        return offsets;
    }

    /** Which of a row of the weight each term's is. */
    int[] places() {
        return places;
    }
}
