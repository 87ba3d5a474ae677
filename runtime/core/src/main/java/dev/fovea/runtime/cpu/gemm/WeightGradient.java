package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.MatrixSimd;

/**
 * The gradient of a convolution's weight: {@code dW[m, k] = Σ_q dY[m, q]·X[k, q]}, X being the implicit matrix of the
 * forward {@link Gather} and q running over all outputs of the batch.
 *
 * <p>The work is cut into blocks of k, and the sum over q into parts, so many that there is enough to share; a tile adds
 * up one block for one part in memory of its own, and when all are done the parts are added in their order. The cut
 * follows from the shapes, so the bits do not depend on the threads.
 */
final class WeightGradient implements WeightSums {
    /** Outputs in a tile of columns. */
    private static final int COLUMNS = 256;
    /** Tiles to aim at, so that several threads are busy to the end. */
    private static final int ENOUGH_TILES = 16;
    /** Where the columns make fewer tiles the terms are cut into more blocks, each of which brings the output's gradient anew. */
    private static final int FEWEST_TILES = 4;
    /** Terms of a block that are worth it. */
    private static final int FEWEST_TERMS = 128;
    /** The most floats to spend on parts. */
    private static final long PART_FLOATS = 1 << 22;
    /** With fewer output channels registers full of them would be half empty. */
    private static final int FEW_CHANNELS = 24;
    /** With fewer terms turning the output's gradient around costs more than the multiplications. */
    private static final int FEW_TERMS = 32;

    private final Cpu cpu;
    private final Blocking blocking;
    private final int groups;
    private final int channels;
    private final GradientSums layout;
    private final Region input;
    private final int[] channelOffsets;
    private final PreparedImage image;
    private final Region outputGradient;
    private final int outputArea;
    private final int[] offsets;
    private final TileLayout[] layouts;
    private final int packedStride;
    private final int packedAt;
    private final int gradientAt;
    private final Scratch scratch;
    private final Scratch sums;
    private final int parts;
    private final Tiles add = this::add;
    private final Tiles store = this::store;
    private int batch;
    private int partsNow;
    private float[] gradient = {};
    private int weightAt;
    private boolean accumulate;

    /**
     * A gradient to be computed.
     *
     * @param input what the forward gather read, all groups
     * @param outputShape of the gradient {@code outputGradient}, all groups
     * @param capacity the largest batch
     */
    WeightGradient(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            int groups,
            Region outputGradient,
            Shape outputShape,
            int capacity) {
        this.cpu = cpu;
        this.groups = groups;
        this.outputGradient = outputGradient;
        this.outputArea = gather.area();
        channels = outputShape.channels() / groups;
        int inputs = inputShape.channels() / groups;
        int depth = inputs * gather.taps();
        int lanes = cpu.simd().matrix().lanes();
        int columns = Blocking.evenColumns(gather, COLUMNS, capacity);
        Blocking uncut = Blocking.of(gather, inputs, columns, depth, capacity);
        boolean few = lanes == 1 ? channels < 24 : channels < FEW_CHANNELS || depth < FEW_TERMS;
        packedStride = few ? (uncut.tileColumns() + lanes - 1) / lanes * lanes : MatrixSimd.ROW_DISTANCE;
        layout = few
                ? new LaneSums(cpu.simd(), channels, depth, packedStride)
                : new PanelSums(cpu.simd().matrix(), channels, depth, packedStride);
        long share = (long) depth * uncut.tiles(capacity) * groups / FEWEST_TILES;
        int forThreads = (int) Math.max(FEWEST_TERMS, Math.min(depth, share));
        int blockDepth = Blocking.evenDepth(inputs, gather.taps(), Math.min(layout.blockDepth(), forThreads));
        blocking = Blocking.of(gather, inputs, columns, blockDepth, capacity);
        offsets = blocking.offsets();
        this.input = input;
        channelOffsets = gather.isIdentity() ? RowGroups.offsets(inputShape.channels(), inputShape.area()) : new int[0];
        image = new PreparedImage(cpu.simd(), blocking, input, inputShape);
        int piece = cpu.simd().matrix().piece();
        layouts = new TileLayout[cpu.workers().threads()];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = new TileLayout(blocking, piece, packedStride);
        }
        packedAt = blocking.preparedSize(cpu.simd().matrix());
        gradientAt = packedAt + Math.min(blocking.blockDepth(), depth) * packedStride + piece;
        scratch = cpu.scratch(gradientAt + layout.gradientSize(packedStride));
        long wanted = Math.max(1, ENOUGH_TILES / ((long) groups * blocking.blocks()));
        long possible = Math.min(blocking.tiles(capacity), PART_FLOATS / (groups * layout.size()));
        parts = (int) Math.max(1, Math.min(wanted, possible));
        sums = cpu.common((long) parts * groups * layout.size());
    }

    @Override
    public String algorithm() {
        return "gathered";
    }

    @Override
    public void run(int samples, Gradient target) {
        batch = samples;
        gradient = CpuMemory.values(target.region());
        weightAt = (int) target.region().offset();
        accumulate = target.accumulate();
        partsNow = Math.min(parts, blocking.tiles(samples));
        cpu.workers().run(partsNow * groups * blocking.blocks(), add);
        cpu.workers().run(groups * layout.shares(), store);
    }

    private void add(int tile, int worker) {
        int block = tile % blocking.blocks();
        int group = tile / blocking.blocks() % groups;
        int part = tile / blocking.blocks() / groups;
        layout.clear(blocking.blockFirst(block), blocking.blockFirst(block + 1), sums.of(0), sumsAt(part, group));
        long columnTiles = blocking.tiles(batch);
        int last = (int) ((part + 1) * columnTiles / partsNow);
        for (int columns = (int) (part * columnTiles / partsNow); columns < last; columns++) {
            addColumns(columns, part, group, block, worker);
        }
    }

    private void addColumns(int columns, int part, int group, int block, int worker) {
        TileLayout tile = layouts[worker];
        float[] work = scratch.of(worker);
        int firstChannel = group * blocking.channels() + blocking.firstChannel(block);
        int first = blocking.blockFirst(block);
        int end = blocking.blockFirst(block + 1);
        if (isRead(tile, columns)) {
            pack(CpuMemory.values(input), channelOffsets, firstChannel, end - first, tile, work);
        } else {
            tile.set(columns, batch);
            image.fill(tile, firstChannel, blocking.channels(block), work);
            pack(work, offsets, first, end - first, tile, work);
        }
        bringGradient(tile, group, work);
        layout.add(
                work, packedAt, gradientAt, tile.columns(), packedStride, first, end, sums.of(0), sumsAt(part, group));
    }

    /** As in {@link GatherProduct}: where the image is the implicit matrix it need not be prepared. */
    private boolean isRead(TileLayout tile, int columns) {
        if (channelOffsets.length == 0) {
            return false;
        }
        tile.setInPlace(columns, batch, input);
        return tile.end() + channelOffsets[channelOffsets.length - 1] <= CpuMemory.values(input).length;
    }

    private void pack(float[] source, int[] rows, int first, int count, TileLayout tile, float[] work) {
        int pieces = tile.firstPiece(tile.panels());
        cpu.simd()
                .matrix()
                .copyPieces(source, 0, rows, first, count, tile.pieces(), 0, pieces, work, packedAt, packedStride);
    }

    private void bringGradient(TileLayout tile, int group, float[] work) {
        float[] source = CpuMemory.values(outputGradient);
        boolean wholeRows = blocking.strips() == 1;
        int column = 0;
        int row = 0;
        while (row < tile.rows()) {
            int count = wholeRows ? tile.rowsOfSample(row) : 1;
            int length = count * tile.width();
            int from = (int) outputGradient.at(tile.sample(row))
                    + group * channels * outputArea
                    + tile.outputRow(row) * blocking.gather().columns().outputs()
                    + tile.firstColumn();
            for (int channel = 0; channel < channels; channel++) {
                int at = from + channel * outputArea;
                layout.bring(source, at, length, channel, work, gradientAt, column, packedStride);
            }
            column += length;
            row += count;
        }
    }

    /** Adds the parts in their order and stores them. */
    private void store(int tile, int worker) {
        int group = tile / layout.shares();
        int share = tile % layout.shares();
        float[] total = sums.of(0);
        int from = layout.shareAt(share);
        int length = layout.shareAt(share + 1) - from;
        for (int part = 1; part < partsNow; part++) {
            cpu.simd().add(total, sumsAt(part, group) + from, total, sumsAt(0, group) + from, length);
        }
        int to = weightAt + group * channels * blocking.depth();
        layout.store(share, total, sumsAt(0, group), gradient, to, accumulate);
    }

    private int sumsAt(int part, int group) {
        return (part * groups + group) * (int) layout.size();
    }
}
