package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdRows;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The product of a weight and the implicit matrix of a {@link Gather} with step 1 for few channels on either side, row by row of the output: sums
 * begin as the bias, and are stored where they belong; only an image that has to be padded, or whose rows are short, is copied, a band of its rows at a time. Rows
 * of the window that lie outside the image are left out, which for the gradient of an input that was not padded are many: of
 * the 70 pairs of a row and a window's row that 14×14 outputs of a 5×5 window have, 20 read nothing but zeros.
 *
 * <p>Rows shorter than a register are stored one over the other's end, so that what a register has too many is gone with the row below; those of a
 * band that have none below go by a room of their own. They are read from a copy, behind which there is something to be read.
 *
 * <p>A tile is a band of one sample, or for a few samples some channels of it. The bits do not depend on the cut.
 */
final class RowProduct implements Product {
    /** Floats of a band of the image, to stay in the first-level cache. */
    private static final int BAND = 8192;
    /** How much slower rows are than panels: some loads touch two lines of the cache. */
    private static final double SLOWER = 1.2;
    /** Below so many multiply-adds a tile is not worth handing out. */
    private static final int WORTH_A_TILE = 1 << 18;
    /** Tiles to aim at where there are few samples. */
    private static final int ENOUGH_TILES = 4;

    private final Cpu cpu;
    private final SimdRows simd;
    private final RowPlanes planes;
    private final Gather gather;
    private final int channels;
    private final int rows;
    private final Region input;
    private final GatherTarget target;
    private final Finish finish;
    private final boolean prepares;
    /** Lanes of a register that have no output where a row is shorter, else 0. */
    private final int idle;

    private final int firstAt;
    private final int pitch;
    private final int channelStride;
    private final int bandRows;
    private final int bands;
    private final int unit;
    private final int[] xPieces;
    private final int[] yPieces;
    private final int[] roomPieces;
    private final int roomAt;
    private final int depth;
    private final int[] offsets;
    private final int[] places;
    private final Stretch[][] stretches;
    /** Of those that are computed together, and the number of all. */
    private final int[] firstChannels;

    private final int shares;
    private final float[] noBias;
    private final Scratch scratch;
    private final Scratch common;
    private final int commonAt;
    private final Tiles tiles = this::tile;

    private float[] packed = {};
    private int packedAt;
    private float[] bias;
    private int biasAt;

    /** Units of rows, one below the other, that have the same terms. */
    private record Stretch(int firstRow, int units, RowTerms.Range terms) {
        /** Whether a unit of rows goes on where this ends. */
        boolean goesOn(int row, int unit, RowTerms.Range its) {
            return terms.equals(its) && firstRow + units * unit == row;
        }
    }

    /**
     * What it costs, in multiply-adds at the peak for a row of outputs and a term of their sums; infinite where it cannot be done so.
     *
     * @param channels of the image
     * @param rows outputs' channels
     */
    static double cost(Simd simd, Gather gather, int channels, int rows) {
        int lanes = simd.lanes();
        int width = gather.columns().outputs();
        int span = gather.rows().span();
        int least = Math.min(gather.rows().outputs(), span + 2);
        boolean large = (long) channels * (width + gather.columns().span()) * (least + span) > BAND;
        if (lanes == 1 || 2 * width < lanes || gather.rows().outputs() < 2 || large) {
            return Double.POSITIVE_INFINITY;
        }
        return SLOWER * ((width + lanes - 1) / lanes * lanes) * ((rows + 1) / 2 * 2);
    }

    /**
     * A product to be run.
     *
     * @param input what the gather reads
     * @param rows outputs' channels
     * @param capacity the largest batch
     * @param formed whether the weight always comes in its form
     * @param commonBefore floats at the beginning of the common workspace that are in use while this runs
     */
    RowProduct(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            int rows,
            GatherTarget target,
            Finish finish,
            int capacity,
            boolean formed,
            long commonBefore) {
        this.cpu = cpu;
        this.simd = cpu.simd().rows();
        this.gather = gather;
        this.input = input;
        this.rows = rows;
        this.target = target;
        this.finish = finish;
        channels = inputShape.channels();
        int width = inputShape.width();
        int outputRows = gather.rows().outputs();
        int columns = gather.columns().outputs();
        int span = gather.rows().span();
        int lanes = cpu.simd().lanes();
        idle = Math.max(0, lanes - columns);
        prepares = idle > 0 || !(gather.rows().isWithin() && gather.columns().isWithin());
        firstAt = prepares
                ? 0
                : gather.rows().sources(0)[0] * width + gather.columns().sources(0)[0];
        pitch = prepares ? RowPlanes.pitch(gather) : width;
        int pieces = (columns + lanes - 1) / lanes;
        // An even number of pieces, and four of them where there are channels that take four.
        firstChannels = firstChannels();
        boolean fewer = rows - firstChannels[firstChannels.length - 2] < SimdRows.TOGETHER && pieces % 4 != 0;
        unit = pieces % 2 == 1 || fewer ? 2 : 1;
        int most = Math.max(unit, BAND / (channels * pitch) - span);
        int even = (outputRows + most - 1) / most;
        bandRows = bandRows(outputRows, ((outputRows + even - 1) / even + unit - 1) / unit * unit);
        bands = (outputRows + bandRows - 1) / bandRows;
        channelStride = prepares ? (bandRows + span) * pitch : inputShape.area();
        planes = new RowPlanes(cpu.simd().planes(), gather, channels, width, inputShape.area(), channelStride);
        xPieces = pieces(pieces, columns, lanes, pitch);
        yPieces = pieces(pieces, columns, lanes, columns);
        roomPieces = pieces(pieces, columns, lanes, lanes);
        roomAt = channels * channelStride + idle;
        RowTerms terms = new RowTerms(gather, channels, pitch, channelStride);
        stretches = new Stretch[bands][];
        for (int band = 0; band < bands; band++) {
            stretches[band] = stretches(terms, band * bandRows, Math.min(outputRows, (band + 1) * bandRows));
        }
        offsets = terms.offsets();
        places = terms.places();
        depth = channels * gather.taps();
        long work = (long) rows * depth * outputRows * columns;
        long wanted = Math.max(1, ENOUGH_TILES / Math.max(1, (long) capacity * bands));
        int groups = firstChannels.length - 1;
        shares = (int) Math.max(1, Math.min(Math.min(wanted, groups), work / bands / WORTH_A_TILE));
        noBias = new float[rows];
        bias = noBias;
        scratch = cpu.scratch(prepares ? roomAt + (idle > 0 ? (long) SimdRows.MOST_TOGETHER * unit * lanes : 0) : 0);
        common = cpu.common(formed ? 0 : commonBefore + formFloats());
        commonAt = Math.toIntExact(commonBefore);
    }

    private int[] firstChannels() {
        int[] firsts = new int[rows + 1];
        int groups = 0;
        while (firsts[groups] < rows) {
            firsts[groups + 1] = firsts[groups] + simd.together(rows - firsts[groups]);
            groups++;
        }
        return Arrays.copyOf(firsts, groups + 1);
    }

    /** So many or some more: no band is shorter than a unit, since a unit that repeats a row must not repeat another band's. */
    private int bandRows(int outputRows, int least) {
        int count = least;
        while (outputRows % count > 0 && outputRows % count < unit) {
            count += unit;
        }
        return Math.min(count, outputRows);
    }

    /** Where the pieces of a unit of rows begin: the last of a row ends where the row does. */
    private int[] pieces(int count, int columns, int lanes, int step) {
        int[] places = new int[unit * count];
        for (int i = 0; i < places.length; i++) {
            places[i] = i / count * step + Math.min(i % count * lanes, Math.max(0, columns - lanes));
        }
        return places;
    }

    /** Of a band, the last unit of which may repeat a row, and stays by itself where rows are short. */
    private Stretch[] stretches(RowTerms terms, int firstRow, int endRow) {
        List<Stretch> found = new ArrayList<>();
        for (int row = firstRow; row < endRow; row += unit) {
            int at = Math.min(row, endRow - unit);
            RowTerms.Range range = terms.of(at, unit);
            Stretch before = found.isEmpty() ? null : found.get(found.size() - 1);
            boolean alone = idle > 0 && row + unit >= endRow;
            if (!alone && before != null && before.goesOn(at, unit, range)) {
                found.set(found.size() - 1, new Stretch(before.firstRow(), before.units() + 1, range));
            } else {
                found.add(new Stretch(at, 1, range));
            }
        }
        return found.toArray(Stretch[]::new);
    }

    @Override
    public String algorithm() {
        return "rows";
    }

    @Override
    public Finish finish() {
        return finish;
    }

    @Override
    public long formFloats() {
        return (long) rows * places.length;
    }

    /** Near the border terms are left out, which depends on the padding. */
    @Override
    public Object formKey() {
        return List.of(getClass(), IntBuffer.wrap(places));
    }

    /** Of the channels that are computed together the weights of a term side by side. */
    @Override
    public void form(float[] weights, int weightsAt, float[] form, int formAt) {
        for (int group = 0; group < firstChannels.length - 1; group++) {
            int first = firstChannels[group];
            int count = firstChannels[group + 1] - first;
            int at = formAt + first * places.length;
            for (int place : places) {
                int from = weightsAt + first * depth + place;
                for (int i = 0; i < count; i++) {
                    form[at++] = weights[from + i * depth];
                }
            }
        }
    }

    @Override
    public void run(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt) {
        form(weights, weightsAt, common.of(0), commonAt);
        runFormed(samples, common.of(0), commonAt, biases, biasesAt);
    }

    @Override
    public void runFormed(int samples, float[] form, int formAt, float @Nullable [] biases, int biasesAt) {
        packed = form;
        packedAt = formAt;
        bias = biases == null ? noBias : biases;
        biasAt = biases == null ? 0 : biasesAt;
        cpu.workers().run(samples * bands * shares, tiles);
    }

    private void tile(int tile, int worker) {
        int sample = tile / shares / bands;
        int band = tile / shares % bands;
        int firstRow = band * bandRows;
        int endRow = Math.min(gather.rows().outputs(), firstRow + bandRows);
        float[] source = CpuMemory.values(input);
        int sourceAt = (int) input.at(sample) + firstAt + firstRow * pitch;
        if (prepares) {
            float[] work = scratch.of(worker);
            Arrays.fill(work, 0, roomAt, 0f);
            planes.fill(source, (int) input.at(sample), firstRow, endRow, work);
            source = work;
            sourceAt = 0;
        }
        int groups = firstChannels.length - 1;
        int firstGroup = tile % shares * groups / shares;
        int endGroup = (tile % shares + 1) * groups / shares;
        float[] output = CpuMemory.values(target.region());
        int columns = target.planeWidth();
        int outputAt = (int) target.region().at(sample);
        for (int group = firstGroup; group < endGroup; group++) {
            int channel = firstChannels[group];
            int count = firstChannels[group + 1] - channel;
            for (Stretch stretch : stretches[band]) {
                int row = stretch.firstRow();
                int outputRow = outputAt + channel * target.planeArea() + row * columns;
                boolean last = idle > 0 && row + unit == endRow;
                simd.weigh(
                        count,
                        packed,
                        packedAt + channel * offsets.length + stretch.terms().first() * count,
                        bias,
                        biasAt + channel,
                        offsets,
                        stretch.terms().first(),
                        stretch.terms().count(),
                        source,
                        sourceAt + (row - firstRow) * pitch,
                        unit * pitch,
                        xPieces,
                        last ? source : output,
                        last ? roomAt : outputRow,
                        unit * columns,
                        last ? roomPieces : yPieces,
                        last ? unit * (columns + idle) : target.planeArea(),
                        stretch.units());
                if (last) {
                    place(source, count, output, outputRow);
                }
            }
        }
        int first = firstChannels[firstGroup];
        finish(sample, first, firstChannels[endGroup], firstRow, endRow);
    }

    /** Brings a unit's rows from the room to where they belong. */
    private void place(float[] room, int count, float[] output, int outputAt) {
        int columns = target.planeWidth();
        int lanes = columns + idle;
        for (int i = 0; i < count * unit; i++) {
            int to = outputAt + i / unit * target.planeArea() + i % unit * columns;
            System.arraycopy(room, roomAt + i * lanes, output, to, columns);
        }
    }

    /** What becomes of the sums while they are in the cache: a range for all channels where that is one. */
    private void finish(int sample, int first, int end, int firstRow, int endRow) {
        if (finish.isNothing()) {
            return;
        }
        int area = target.planeArea();
        boolean whole = bands == 1;
        int length = whole ? (end - first) * area : (endRow - firstRow) * target.planeWidth();
        for (int channel = first; channel < (whole ? first + 1 : end); channel++) {
            int place = channel * area + firstRow * target.planeWidth();
            finish.apply(cpu.simd(), target.region(), sample, place, length);
        }
    }
}
