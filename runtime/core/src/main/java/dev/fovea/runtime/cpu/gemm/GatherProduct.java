package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.cpu.Workers;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.MatrixSimd;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The product of a weight and the implicit matrix of a {@link Gather}, for each group of channels: forward convolution
 * and, with the weight turned around, the gradient of its input. A tile's columns are brought into panels, a block of the
 * sum at a time, and multiplied with all rows of the weight; or, for few rows, which do not pay for the copying, read from
 * the prepared image in place. The panels of a 1×1 convolution are copied from the image itself.
 */
final class GatherProduct implements Product {
    /** Columns of a tile of few rows or terms; of many, half of it: so that its panels and sums stay in the second-level cache. */
    private static final int COLUMNS = 256;
    /** So many at most. */
    private static final int FEW_ROWS = 128;
    /** So many at most. */
    private static final int FEW_TERMS = 128;
    /** Terms of the sum in a block: a panel of them fits the first-level cache. */
    private static final int BLOCK = 288;
    /** Copying a panel costs about as much as multiplying it with so many rows. */
    private static final int COPY_ROWS = 10;
    /** How much slower it is to read rows in place. */
    private static final double IN_PLACE = 1.2;
    /** Rows multiplied with all panels before the next: their part of the weight stays in the second-level cache. */
    private static final int WEIGHT_ROWS = 96;
    /** Below so many multiply-adds a tile is not worth handing out. */
    private static final int WORTH_A_TILE = 1 << 18;
    /** Tiles to aim at, so that several threads are busy to the end: where columns do not make so many, rows are shared out too. */
    private static final int ENOUGH_TILES = 8;
    /** Rows of a tile that are worth copying the panels for. */
    private static final int FEWEST_ROWS = 256;
    /** The same where there is one tile too many for two threads. */
    private static final int LEAST_ROWS = 64;
    /** The most shares of the rows of a single tile: each brings all columns. */
    private static final int MOST_SHARES = 4;
    /** The most sums of a tile: more would leave the second-level cache. */
    private static final int MOST_SUMS = 1 << 16;

    private final MatrixSimd simd;
    private final Workers workers;
    private final Scratch scratch;
    private final int groups;
    private final int rows;
    private final Blocking blocking;
    private final boolean single;
    private final boolean inPlace;
    private final int[] offsets;
    private final int[] weightRows;
    private final NearWeight near;
    private final boolean byColumns;
    private final Optional<KeptWeight> kept;
    private final int rowShare;
    private final int rowShares;
    private final Region input;
    private final boolean everySecond;
    private final int[] channelOffsets;
    private final PreparedImage image;
    private final GatherTarget target;
    /** Whether the rows of a tile lie one behind the other, among the sums and in the target. */
    private final boolean wholeRows;

    private final Finish finish;
    private final SumStore store;
    private final TileLayout[] layouts;
    private final int panelStride;
    private final int panelsAt;
    private final int nearAt;
    private final int columnsAt;
    private final int sumsAt;
    private final Tiles tiles = this::tile;

    private float[] weight = {};
    private int weightAt;
    private float @Nullable [] bias;
    private int biasAt;
    private int batch;

    /**
     * A product to be run.
     *
     * @param input what the gather reads, all groups
     * @param rows outputs' channels in each group
     * @param finish where it adds a tensor the target has step 1
     * @param capacity the largest batch
     * @param order of the weight
     */
    GatherProduct(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            int groups,
            int rows,
            GatherTarget target,
            Finish finish,
            int capacity,
            WeightOrder order) {
        this.simd = cpu.simd().matrix();
        this.workers = cpu.workers();
        this.groups = groups;
        this.rows = rows;
        this.target = target;
        this.finish = finish;
        this.store = new SumStore(cpu.simd(), target, finish);
        int channels = inputShape.channels() / groups;
        long outputs = (long) capacity * gather.area();
        int columns = columns(channels * gather.taps(), outputs);
        int blockDepth = Blocking.evenDepth(channels, gather.taps(), BLOCK);
        // The rows of a single tile are shared out: then the weight is read once, and one panel at most is not full.
        this.single = outputs <= COLUMNS && rows >= 2 * LEAST_ROWS;
        this.blocking = single
                ? Blocking.of(gather, channels, COLUMNS, blockDepth, capacity)
                : Blocking.even(gather, channels, columns, 0, simd.columns(), blockDepth, capacity);
        this.inPlace = inPlace();
        this.byColumns = order == WeightOrder.ROWS_OR_TERMS && !inPlace && NearWeight.canComeByColumns(simd, rows);
        this.kept = order == WeightOrder.KEPT && !inPlace && KeptWeight.fits(simd, rows)
                ? Optional.of(new KeptWeight(simd, blocking, groups, rows))
                : Optional.empty();
        int rowTile = byColumns || kept.isPresent() ? simd.turnedRows() : simd.tileRows();
        this.rowShare = RowGroups.share(rowTile, rows, inPlace ? 1 : rowShares(blocking.tiles(capacity) * groups));
        this.rowShares = (rows + rowShare - 1) / rowShare;
        boolean fullWidth = blocking.strips() == 1
                && target.planeWidth() == gather.columns().outputs();
        this.wholeRows = !inPlace && fullWidth && target.rowStep() == 1 && target.columnStep() == 1;
        this.offsets = blocking.offsets();
        this.weightRows = RowGroups.offsets(rows, blocking.depth());
        this.input = input;
        this.everySecond = gather.isEverySecond();
        boolean whole = (gather.isIdentity() || everySecond) && !inPlace;
        this.channelOffsets = whole ? RowGroups.offsets(inputShape.channels(), inputShape.area()) : new int[0];
        this.image = new PreparedImage(cpu.simd(), blocking, input, inputShape);
        // A gap: what a copied piece brings along too much, and no distances of a power of two.
        this.panelStride = (Math.min(blocking.blockDepth(), blocking.depth()) + 1) * simd.columns();
        this.layouts = new TileLayout[workers.threads()];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = new TileLayout(blocking, simd.piece(), simd.columns(), panelStride);
        }
        this.panelsAt = blocking.preparedSize(simd);
        int panels = panelCount(blocking.tileColumns());
        this.nearAt = panelsAt + (inPlace ? 0 : panels * panelStride) + simd.piece();
        int nearRows = inPlace || kept.isPresent() ? 0 : Math.min(WEIGHT_ROWS, rowShare);
        this.near = new NearWeight(simd, nearRows, blocking.blockDepth(), rows, blocking.depth(), byColumns);
        this.columnsAt = Math.toIntExact(nearAt + near.floats());
        this.sumsAt = columnsAt + kept.map(KeptWeight::columnFloats).orElse(0);
        long sums = (long) rowsAtOnce() * (inPlace ? panelCount(blocking.planeStride()) : panels) * simd.columns();
        this.scratch = cpu.scratch(sumsAt + sums);
    }

    /** So many columns that a tile is worth handing out, but few enough for the cache, and for several threads to have tiles. */
    private int columns(int depth, long outputs) {
        boolean few = rows <= FEW_ROWS || depth <= FEW_TERMS;
        boolean wide = few && outputs >= (long) ENOUGH_TILES * COLUMNS;
        long worth = WORTH_A_TILE / Math.max(1, (long) rows * depth);
        return (int) Math.min(Math.max(wide ? COLUMNS : COLUMNS / 2, worth), 32 * COLUMNS);
    }

    private int rowShares(int tiles) {
        // With an even number two threads have the same to do.
        if (single) {
            return Math.max(2, Math.min(MOST_SHARES, rows / FEWEST_ROWS));
        }
        int forThreads = Math.min((ENOUGH_TILES + tiles - 1) / tiles, rows / FEWEST_ROWS);
        if (tiles < 2 * ENOUGH_TILES && tiles % 2 == 1) {
            forThreads = Math.max(forThreads, Math.min(2, rows / LEAST_ROWS));
        }
        int forCache = blocking.blocks() == 1 ? 1 : rows * blocking.tileColumns() / MOST_SUMS;
        return Math.max(1, Math.max(forThreads, forCache));
    }

    private boolean inPlace() {
        double copied = (double) panelCount(blocking.tileColumns()) * (rows + COPY_ROWS);
        return IN_PLACE * panelCount(blocking.planeStride()) * rows < copied;
    }

    private int panelCount(int columns) {
        return (columns + simd.columns() - 1) / simd.columns();
    }

    @Override
    public void run(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt) {
        batch = samples;
        weight = weights;
        weightAt = weightsAt;
        bias = biases;
        biasAt = biasesAt;
        workers.run(blocking.tiles(samples) * groups * rowShares, tiles);
    }

    @Override
    public String algorithm() {
        return "gathered";
    }

    @Override
    public long formFloats() {
        // Asked at every run: a map would make an object of the number.
        return kept.isPresent() ? kept.get().floats() : 0;
    }

    @Override
    public void form(float[] weights, int weightsAt, float[] form, int formAt) {
        kept.orElseThrow().fill(weights, weightsAt, form, formAt);
    }

    @Override
    public boolean takesTurned() {
        return byColumns;
    }

    @Override
    public Finish finish() {
        return finish;
    }

    private void tile(int tile, int worker) {
        int shares = groups * rowShares;
        int group = tile % shares / rowShares;
        int firstRow = tile % rowShares * rowShare;
        int count = Math.min(rowShare, rows - firstRow);
        float[] work = scratch.of(worker);
        TileLayout layout = layouts[worker];
        boolean read = isRead(layout, tile / shares);
        if (!read) {
            layout.set(tile / shares, batch);
        }
        int panels = inPlace ? panelCount(layout.at(layout.rows() - 1) + layout.width()) : layout.panels();
        int first = group * rows + firstRow;
        for (int row = 0; row < count; row += rowsAtOnce()) {
            int rowsNow = Math.min(rowsAtOnce(), count - row);
            boolean bring = row == 0;
            multiply(work, layout, group, first + row, rowsNow, panels, read, bring);
            store(work, layout, first + row, rowsNow, panels * simd.columns());
        }
    }

    /** The rows whose sums are kept: all of a tile, but where the sum is one block those that are multiplied together, so that they stay near. */
    private int rowsAtOnce() {
        return inPlace || blocking.blocks() > 1 ? rowShare : Math.min(WEIGHT_ROWS, rowShare);
    }

    /** The sums of some rows; {@code bring} says whether the tile's columns are to be brought first. */
    private void multiply(
            float[] work,
            TileLayout layout,
            int group,
            int firstRow,
            int count,
            int panels,
            boolean read,
            boolean bring) {
        int stride = panels * simd.columns();
        begin(work, firstRow, count, stride);
        for (int block = 0; block < blocking.blocks(); block++) {
            int firstChannel = group * blocking.channels() + blocking.firstChannel(block);
            if (bring && read) {
                packImage(firstChannel, work, layout, block);
            } else if (bring) {
                image.fill(layout, firstChannel, blocking.channels(block), work);
            }
            if (inPlace) {
                multiplyInPlace(work, group, block, panels, stride);
            } else {
                if (bring && !read) {
                    pack(work, offsets, blocking.blockFirst(block), work, layout, block);
                }
                multiplyPanels(work, firstRow, count, block, panels, layout.columns());
            }
        }
    }

    /**
     * Lays a tile out in the image itself, where that is the implicit matrix, or every second row and column of it are. Not the tile at the very end of the memory: copying
     * reads whole registers.
     */
    private boolean isRead(TileLayout layout, int tile) {
        if (channelOffsets.length == 0) {
            return false;
        }
        layout.setInPlace(tile, batch, input);
        return layout.end() + channelOffsets[channelOffsets.length - 1] <= CpuMemory.values(input).length;
    }

    /** The sums begin with the bias. */
    private void begin(float[] work, int firstChannel, int count, int stride) {
        for (int row = 0; row < count; row++) {
            float first = bias == null ? 0 : bias[biasAt + firstChannel + row];
            int at = sumsAt + row * stride;
            Arrays.fill(work, at, at + stride, first);
        }
    }

    private void pack(float[] source, int[] sourceRows, int first, float[] work, TileLayout layout, int block) {
        int depth = blocking.blockFirst(block + 1) - blocking.blockFirst(block);
        int pieces = layout.firstPiece(layout.panels());
        simd.copyPieces(
                source, 0, sourceRows, first, depth, layout.pieces(), 0, pieces, work, panelsAt, simd.columns());
    }

    private void packImage(int firstChannel, float[] work, TileLayout layout, int block) {
        float[] image = CpuMemory.values(input);
        if (!everySecond) {
            pack(image, channelOffsets, firstChannel, work, layout, block);
            return;
        }
        int depth = blocking.blockFirst(block + 1) - blocking.blockFirst(block);
        int pieces = layout.firstPiece(layout.panels());
        simd.copySecondPieces(
                image, channelOffsets, firstChannel, depth, layout.pieces(), pieces, work, panelsAt, simd.columns());
    }

    private void multiplyPanels(float[] work, int firstChannel, int rowCount, int block, int panels, int columns) {
        int stride = panels * simd.columns();
        int first = blocking.blockFirst(block);
        int depth = blocking.blockFirst(block + 1) - first;
        int group = firstChannel / rows;
        int row = firstChannel % rows;
        for (int firstRow = 0; firstRow < rowCount; firstRow += WEIGHT_ROWS) {
            int rowsNow = Math.min(WEIGHT_ROWS, rowCount - firstRow);
            if (kept.isEmpty()) {
                int from = weightAt + group * rows * blocking.depth();
                near.bring(weight, from, row + firstRow, rowsNow, first, depth, work, nearAt);
            }
            for (int panel = 0; panel < panels; panel++) {
                int used = Math.min(simd.columns(), columns - panel * simd.columns());
                int to = sumsAt + firstRow * stride + panel * simd.columns();
                int from = panelsAt + panel * panelStride;
                if (kept.isPresent()) {
                    int at = row + firstRow;
                    kept.get()
                            .multiply(
                                    weight, weightAt, group, block, at, rowsNow, work, from, used, to, stride,
                                    columnsAt);
                } else {
                    near.multiply(work, nearAt, rowsNow, depth, from, used, to, stride);
                }
            }
        }
    }

    private void multiplyInPlace(float[] work, int group, int block, int panels, int stride) {
        int first = blocking.blockFirst(block);
        int depth = blocking.blockFirst(block + 1) - first;
        int from = weightAt + group * rows * blocking.depth() + first;
        if (rows == 1) {
            simd.multiplyRow(weight, from, work, 0, offsets, first, depth, work, sumsAt, stride);
            return;
        }
        for (int row = 0; row < rows; ) {
            int count = RowGroups.nextGathered(rows - row);
            int sumAt = sumsAt + row * stride;
            simd.multiplyGathered(
                    count, panels, weight, from, weightRows, row, work, 0, offsets, first, depth, work, sumAt, stride);
            row += count;
        }
    }

    private void store(float[] work, TileLayout layout, int firstChannel, int rowCount, int stride) {
        int column = 0;
        for (int i = 0; i < layout.rows(); ) {
            int count = wholeRows ? layout.rowsOfSample(i) : 1;
            int length = count * layout.width();
            int from = sumsAt + (inPlace ? layout.at(i) : column);
            int place = firstChannel * target.planeArea() + target.at(layout.outputRow(i), layout.firstColumn());
            store.store(work, from, stride, rowCount, layout.sample(i), place, length);
            column += length;
            i += count;
        }
    }
}
