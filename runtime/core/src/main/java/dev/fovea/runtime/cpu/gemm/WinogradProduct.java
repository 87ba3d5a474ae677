package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.MatrixSimd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A 3×3 convolution with step 1 by Winograd's minimal filtering, see {@link WinogradSimd}: patches and kernels are transformed, and
 * for each of the 36 positions a matrix {@code [M, C]} is multiplied with one of {@code [C, patches]}: 36 multiplications for 16
 * outputs of a patch where {@link GatherProduct} needs 144.
 *
 * <p>A tile is a range of patches. A block of input channels is transformed and multiplied at a time; where there is one block only, so are few
 * output channels, and their sums are stored while they are in the second-level cache.
 */
final class WinogradProduct implements Product {
    /** Patches of a tile: with more, transformed patches and sums leave the second-level cache too far behind. */
    private static final int PATCHES = 48;
    /** The most channels whose patches are transformed and multiplied at a time. */
    private static final int CHANNELS = 128;
    /** Output channels that are summed and stored at a time where there is one block of channels: their sums stay in the second-level cache. */
    private static final int ROWS = 32;

    private final Cpu cpu;
    private final MatrixSimd simd;
    private final WinogradSimd winograd;
    private final int channels;
    private final int blockChannels;
    private final int rows;
    private final int rowShare;
    private final int rowShares;
    private final int rowGroup;
    private final PatchGrid grid;
    private final int tilePatches;
    private final int[] weightRows;
    private final WinogradWeight weight;
    private final WinogradPatches patches;
    private final WinogradTarget target;
    private final Finish finish;
    private final Scratch common;
    private final int commonAt;
    private final PatchTile[] layouts;
    private final int panelStride;
    private final int positionStride;
    private final int patchesAt;
    private final int sumsAt;
    private final int outputsAt;
    private final Scratch scratch;
    private final Tiles tiles = this::tile;

    private float[] transformed = {};
    private int transformedAt;
    private float @Nullable [] bias;
    private int biasAt;
    private int batch;

    /**
     * A product to be run.
     *
     * @param grid the patches, see {@link Winograd#patches}
     * @param input what it reads
     * @param rows outputs' channels
     * @param capacity the largest batch
     * @param forms whether {@link #run} is called, as opposed to {@link #runFormed} alone
     * @param commonBefore floats at the beginning of the common workspace that are in use while this runs
     */
    WinogradProduct(
            Cpu cpu,
            PatchGrid grid,
            Region input,
            Shape inputShape,
            int rows,
            GatherTarget target,
            Finish finish,
            int capacity,
            boolean forms,
            long commonBefore) {
        this.cpu = cpu;
        this.simd = cpu.simd().matrix();
        this.winograd = cpu.simd().winograd();
        this.rows = rows;
        this.finish = finish;
        this.grid = grid;
        this.channels = inputShape.channels();
        int width = simd.columns();
        this.tilePatches = grid.tilePatches(PATCHES, width, capacity);
        this.rowShare = RowGroups.share(simd, rows, Winograd.rowShares(rows, tiles(capacity)));
        this.rowShares = (rows + rowShare - 1) / rowShare;
        this.blockChannels = blockChannels(channels, winograd.kernelGroup());
        this.rowGroup = Math.min(rowShare, channels <= blockChannels ? ROWS : rowShare);
        this.weight = new WinogradWeight(cpu, rows, channels, blockChannels);
        this.commonAt = Math.toIntExact(commonBefore);
        this.common = forms ? cpu.common(commonBefore + weight.floats()) : cpu.common(0);
        this.weightRows = RowGroups.offsets(rowShare, weight.stride());
        int most = Math.min(channels, blockChannels);
        int panels = tilePatches / width;
        this.panelStride = most * width + simd.piece();
        this.positionStride = Winograd.positionStride((long) panels * panelStride);
        this.layouts = grid.tiles(cpu, tilePatches, width, panelStride);
        this.patches = new WinogradPatches(cpu.simd(), grid, input, inputShape, tilePatches);
        this.target = new WinogradTarget(cpu.simd(), target);
        this.patchesAt = patches.size();
        this.sumsAt = patchesAt + WinogradSimd.POSITIONS * positionStride;
        this.outputsAt = sumsAt + WinogradSimd.POSITIONS * Winograd.positionStride((long) rowGroup * tilePatches);
        this.scratch = cpu.scratch(outputsAt + (long) WinogradSimd.OUTPUTS * WinogradSimd.OUTPUTS * tilePatches);
    }

    /** Blocks about even, each of whole groups, so that little is read beside what counts. */
    private static int blockChannels(int channels, int group) {
        int blocks = Math.max(1, (channels + CHANNELS - 1) / CHANNELS);
        int even = (channels + blocks - 1) / blocks;
        return Math.max(1, (even + group - 1) / group) * group;
    }

    private int tiles(int samples) {
        return (samples * grid.area() + tilePatches - 1) / tilePatches;
    }

    @Override
    public void run(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt) {
        form(weights, weightsAt, common.of(0), commonAt);
        runFormed(samples, common.of(0), commonAt, biases, biasesAt);
    }

    @Override
    public String algorithm() {
        return KernelPart.WINOGRAD;
    }

    @Override
    public Finish finish() {
        return finish;
    }

    @Override
    public long formFloats() {
        return weight.floats();
    }

    @Override
    public void form(float[] weights, int weightsAt, float[] form, int formAt) {
        weight.fill(weights, weightsAt, form, formAt);
    }

    @Override
    public void runFormed(int samples, float[] form, int formAt, float @Nullable [] biases, int biasesAt) {
        batch = samples;
        bias = biases;
        biasAt = biasesAt;
        transformed = form;
        transformedAt = formAt;
        cpu.workers().run(tiles(samples) * rowShares, tiles);
    }

    private void tile(int tile, int worker) {
        float[] work = scratch.of(worker);
        PatchTile layout = layouts[worker];
        int first = tile / rowShares * tilePatches;
        layout.set(first, Math.min(tilePatches, batch * grid.area() - first));
        int firstRow = tile % rowShares * rowShare;
        int endRow = Math.min(firstRow + rowShare, rows);
        for (int channel = 0; channel < channels; channel += blockChannels) {
            int count = Math.min(blockChannels, channels - channel);
            int width = simd.columns();
            patches.bring(layout, channel, count, work, 0, work, patchesAt, width, positionStride);
            for (int row = firstRow; row < endRow; row += rowGroup) {
                int groupRows = Math.min(rowGroup, endRow - row);
                multiply(work, layout, channel, count, row, groupRows);
                if (channel + count == channels) {
                    store(work, layout, row, groupRows);
                }
            }
        }
    }

    private void multiply(float[] work, PatchTile layout, int firstChannel, int depth, int firstRow, int count) {
        int panels = layout.panels();
        int width = simd.columns();
        int stride = panels * width;
        int sumStride = Winograd.positionStride((long) count * stride);
        if (firstChannel == 0) {
            Arrays.fill(work, sumsAt, sumsAt + WinogradSimd.POSITIONS * sumStride, 0f);
        }
        for (int position = 0; position < WinogradSimd.POSITIONS; position++) {
            int from = transformedAt + weight.at(position, firstChannel / blockChannels) + firstRow * weight.stride();
            for (int panel = 0; panel < panels; panel++) {
                int panelAt = patchesAt + position * positionStride + panel * panelStride;
                int used = Math.min(width, layout.patches() - panel * width);
                int to = sumsAt + position * sumStride + panel * width;
                for (int row = 0; row < count; ) {
                    int height = RowGroups.next(simd, count - row);
                    int sumAt = to + row * stride;
                    simd.multiplyUsed(
                            height,
                            used,
                            transformed,
                            from,
                            weightRows,
                            row,
                            work,
                            panelAt,
                            depth,
                            work,
                            sumAt,
                            stride);
                    row += height;
                }
            }
        }
    }

    private void store(float[] work, PatchTile layout, int firstRow, int count) {
        int stride = layout.panels() * simd.columns();
        int sumStride = Winograd.positionStride((long) count * stride);
        int rowStride = WinogradSimd.OUTPUTS * stride;
        Region residual = finish.residual();
        for (int row = 0; row < count; row++) {
            float first = bias == null ? 0 : bias[biasAt + firstRow + row];
            winograd.outputs(work, sumsAt + row * stride, sumStride, stride, first, work, outputsAt);
            if (residual != null) {
                target.add(residual, work, outputsAt, rowStride, layout, firstRow + row);
            }
            finish.activation().apply(work, outputsAt, WinogradSimd.OUTPUTS * rowStride);
            target.store(work, outputsAt, rowStride, layout, firstRow + row);
        }
    }
}
