package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.MatrixSimd;
import dev.fovea.runtime.simd.WinogradSimd;

/**
 * The gradient of the weight of a 3×3 convolution with step 1 by Winograd's minimal filtering read backwards, see {@link WinogradSimd}:
 * for each of the 36 positions {@code S[c, m] = Σ_t V[c, t]·E[t, m]} over the patches t of the batch, V being the transformed patches of
 * the input and E those of the output's gradient, and at the end {@code dW[m, c] = Gᵀ·S[c, m]·G}: 36 multiplications for the 16 outputs of
 * a patch where {@link WeightGradient} needs 144.
 *
 * <p>The work is cut into parts of the patches and shares of the input's channels; both follow from the shapes, so the bits do not depend
 * on the threads.
 */
final class WinogradWeightGradient implements WeightSums {
    /** Patches of a tile: the length of the sums that are taken in registers. */
    private static final int PATCHES = 64;
    /** Input channels whose patches are transformed and multiplied at a time. */
    private static final int CHANNELS = 64;
    /** Tiles to aim at, so that several threads are busy to the end. */
    private static final int ENOUGH_TILES = 8;
    /** The fewest patches of a part: clearing and adding its sums costs as much as some of them. */
    private static final int PART_PATCHES = 128;
    /** The most floats to spend on parts. */
    private static final long PART_FLOATS = 1 << 23;

    private final Cpu cpu;
    private final MatrixSimd simd;
    private final PatchGrid grid;
    private final int channels;
    private final int tilePatches;
    private final WinogradPatches imagePatches;
    private final PatchTile[] layouts;
    private final WinogradGradientPatches gradientPatches;
    private final WinogradSums layout;
    private final int outputs;
    private final int stride;
    private final int[] patchRows;
    private final int patchStride;
    private final int parts;
    private final int shares;
    private final int shareBlocks;
    private final int patchesAt;
    private final int gradientAt;
    private final Scratch scratch;
    private final Scratch sums;
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
     * @param grid the patches, see {@link Winograd#patches}
     * @param input what the forward convolution read
     * @param outputShape of the gradient {@code outputGradient}
     * @param capacity the largest batch
     */
    WinogradWeightGradient(
            Cpu cpu,
            PatchGrid grid,
            Region input,
            Shape inputShape,
            Region outputGradient,
            Shape outputShape,
            int capacity) {
        this.cpu = cpu;
        this.simd = cpu.simd().matrix();
        this.grid = grid;
        channels = inputShape.channels();
        outputs = outputShape.channels();
        int width = simd.columns();
        tilePatches = Math.min(PATCHES, (capacity * grid.area() + width - 1) / width * width);
        stride = tilePatches;
        layouts = grid.tiles(cpu, tilePatches, stride, stride);
        imagePatches = new WinogradPatches(cpu.simd(), grid, input, inputShape, tilePatches);
        gradientPatches = new WinogradGradientPatches(cpu.simd(), outputGradient, outputShape, stride);
        layout = new WinogradSums(cpu.simd(), channels, outputShape.channels());
        patchRows = RowGroups.offsets(Math.min(CHANNELS, channels), stride);
        patchStride = Winograd.positionStride((long) Math.min(CHANNELS, channels) * stride);
        long wanted = Math.min((long) capacity * grid.area() / PART_PATCHES, PART_FLOATS / layout.size());
        parts = (int) Math.max(1, Math.min(ENOUGH_TILES, wanted));
        int blocks = blocks();
        int wantedShares = Math.min(blocks, (ENOUGH_TILES + parts - 1) / parts);
        shareBlocks = (blocks + wantedShares - 1) / wantedShares;
        shares = (blocks + shareBlocks - 1) / shareBlocks;
        patchesAt = imagePatches.size();
        gradientAt = patchesAt + WinogradSimd.POSITIONS * patchStride;
        scratch = cpu.scratch(Math.max(gradientAt + gradientPatches.size(), layout.storeSize()));
        sums = cpu.common(parts * layout.size());
    }

    private int blocks() {
        return (channels + CHANNELS - 1) / CHANNELS;
    }

    private int tiles(int samples) {
        return (samples * grid.area() + tilePatches - 1) / tilePatches;
    }

    @Override
    public String algorithm() {
        return KernelPart.WINOGRAD;
    }

    @Override
    public void run(int samples, Gradient target) {
        batch = samples;
        gradient = CpuMemory.values(target.region());
        weightAt = (int) target.region().offset();
        accumulate = target.accumulate();
        partsNow = Math.min(parts, tiles(samples));
        cpu.workers().run(partsNow * shares, add);
        cpu.workers().run(layout.stores(), store);
    }

    private void add(int tile, int worker) {
        int share = tile % shares;
        int part = tile / shares;
        int firstBlock = share * shareBlocks;
        int endBlock = Math.min(blocks(), firstBlock + shareBlocks);
        int sumsAt = part * (int) layout.size();
        layout.clear(sums.of(0), sumsAt, firstBlock * CHANNELS, Math.min(channels, endBlock * CHANNELS));
        PatchTile patches = layouts[worker];
        float[] work = scratch.of(worker);
        long tiles = tiles(batch);
        int last = (int) ((part + 1) * tiles / partsNow);
        for (int columns = (int) (part * tiles / partsNow); columns < last; columns++) {
            int first = columns * tilePatches;
            patches.set(first, Math.min(tilePatches, batch * grid.area() - first));
            gradientPatches.bring(patches, work, gradientAt);
            for (int block = firstBlock; block < endBlock; block++) {
                int channel = block * CHANNELS;
                int count = Math.min(CHANNELS, channels - channel);
                imagePatches.bring(patches, channel, count, work, 0, work, patchesAt, stride, patchStride);
                multiply(work, channel, count, patches.patches(), sumsAt);
            }
        }
    }

    private void multiply(float[] work, int firstChannel, int count, int depth, int sumsAt) {
        int sumStride = layout.stride();
        for (int position = 0; position < WinogradSimd.POSITIONS; position++) {
            int from = patchesAt + position * patchStride;
            int to = sumsAt + layout.at(position, firstChannel);
            for (int panel = 0; panel < layout.panels(); panel++) {
                int gradients = gradientAt + gradientPatches.at(position, panel);
                int used = Math.min(simd.columns(), outputs - panel * simd.columns());
                int sumAt = to + panel * simd.columns();
                for (int row = 0; row < count; ) {
                    int height = RowGroups.next(simd, count - row);
                    int at = sumAt + row * sumStride;
                    simd.multiplyUsed(
                            height,
                            used,
                            work,
                            from,
                            patchRows,
                            row,
                            work,
                            gradients,
                            depth,
                            sums.of(0),
                            at,
                            sumStride);
                    row += height;
                }
            }
        }
    }

    /** Adds the parts in their order, transforms the sums and stores them. */
    private void store(int tile, int worker) {
        for (int part = 1; part < partsNow; part++) {
            layout.add(tile, sums.of(0), part * (int) layout.size(), 0);
        }
        layout.store(tile, sums.of(0), 0, scratch.of(worker), gradient, weightAt, accumulate);
    }
}
