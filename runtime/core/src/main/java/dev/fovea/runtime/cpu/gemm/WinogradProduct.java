package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
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
 * <p>The patches are the taps of a {@link Gather} of step 4, so the image is prepared and brought into panels as for any other.
 */
final class WinogradProduct implements Product {
    /** Patches of a tile: with more, transformed patches and sums leave the second-level cache too far behind. */
    private static final int COLUMNS = 64;
    /** Channels whose patches are transformed and multiplied at a time. */
    private static final int CHANNELS = 64;
    /** Channels copied into a panel and transformed at a time: they stay in the first-level cache. */
    private static final int COPIED = 4;

    private final Cpu cpu;
    private final MatrixSimd simd;
    private final WinogradSimd winograd;
    private final int rows;
    private final int rowShare;
    private final int rowShares;
    private final Blocking blocking;
    private final int[] offsets;
    private final int[] weightRows;
    private final WinogradWeight weight;
    private final PreparedImage image;
    private final WinogradTarget target;
    private final Finish finish;
    private final Scratch common;
    private final int commonAt;
    private final TileLayout[] layouts;
    private final int panelAt;
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
     * @param patches the gather of the patches' elements, see {@link Winograd#patches}
     * @param input what it reads
     * @param rows outputs' channels
     * @param capacity the largest batch
     * @param forms whether {@link #run} is called, as opposed to {@link #runFormed} alone
     * @param commonBefore floats at the beginning of the common workspace that are in use while this runs
     */
    WinogradProduct(
            Cpu cpu,
            Gather patches,
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
        int channels = inputShape.channels();
        int terms = CHANNELS * WinogradSimd.POSITIONS;
        this.blocking = Blocking.even(patches, channels, COLUMNS, 1, simd.columns(), terms, capacity);
        this.rowShare = RowGroups.share(simd, rows, Winograd.rowShares(rows, blocking.tiles(capacity)));
        this.rowShares = (rows + rowShare - 1) / rowShare;
        this.offsets = blocking.offsets();
        this.weight = new WinogradWeight(cpu, rows, channels, CHANNELS);
        this.commonAt = Math.toIntExact(commonBefore);
        this.common = forms ? cpu.common(commonBefore + weight.floats()) : cpu.common(0);
        this.weightRows = RowGroups.offsets(rowShare, weight.stride());
        this.image = new PreparedImage(blocking, input, inputShape);
        this.layouts = new TileLayout[cpu.workers().threads()];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = new TileLayout(blocking, simd.piece(), simd.columns());
        }
        this.target = new WinogradTarget(target);
        int width = simd.columns();
        int stride = (blocking.tileColumns() + width - 1) / width * width;
        this.panelAt = blocking.preparedSize(simd);
        this.patchesAt = panelAt + COPIED * WinogradSimd.POSITIONS * width + simd.piece();
        this.sumsAt = patchesAt + WinogradSimd.POSITIONS * Winograd.positionStride((long) CHANNELS * stride);
        this.outputsAt = sumsAt + WinogradSimd.POSITIONS * Winograd.positionStride((long) rowShare * stride);
        this.scratch = cpu.scratch(outputsAt + (long) WinogradSimd.OUTPUTS * WinogradSimd.OUTPUTS * stride);
    }

    @Override
    public void run(int samples, float[] weights, int weightsAt, float @Nullable [] biases, int biasesAt) {
        form(weights, weightsAt, common.of(0), commonAt);
        runFormed(samples, common.of(0), commonAt, biases, biasesAt);
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
        cpu.workers().run(blocking.tiles(samples) * rowShares, tiles);
    }

    private void tile(int tile, int worker) {
        float[] work = scratch.of(worker);
        TileLayout layout = layouts[worker];
        layout.set(tile / rowShares, batch);
        int firstRow = tile % rowShares * rowShare;
        int count = Math.min(rowShare, rows - firstRow);
        int stride = layout.panels() * simd.columns();
        Arrays.fill(work, sumsAt, outputsAt, 0f);
        for (int block = 0; block < blocking.blocks(); block++) {
            image.fill(layout, blocking.firstChannel(block), blocking.channels(block), work);
            for (int panel = 0; panel < layout.panels(); panel++) {
                transform(work, layout, block, panel);
            }
            multiply(work, layout.panels(), block, firstRow, count);
        }
        store(work, layout, firstRow, count, stride);
    }

    /** Brings a panel's patches of a block, a few channels at a time, and transforms them: {@code [36, panels, C, width]}. */
    private void transform(float[] work, TileLayout layout, int block, int panel) {
        int width = simd.columns();
        int channels = blocking.channels(block);
        int piece = layout.firstPiece(panel);
        int pieces = layout.firstPiece(panel + 1) - piece;
        int to = patchesAt + panel * channels * width;
        for (int channel = 0; channel < channels; channel += COPIED) {
            int copied = Math.min(COPIED, channels - channel);
            int first = blocking.blockFirst(block) + channel * WinogradSimd.POSITIONS;
            int terms = copied * WinogradSimd.POSITIONS;
            simd.copyPieces(work, 0, offsets, first, terms, layout.pieces(), piece, pieces, work, panelAt, width);
            winograd.patches(
                    work,
                    panelAt,
                    copied,
                    width,
                    work,
                    to + channel * width,
                    Winograd.positionStride((long) layout.panels() * channels * width));
        }
    }

    private void multiply(float[] work, int panels, int block, int firstRow, int count) {
        int width = simd.columns();
        int channels = blocking.channels(block);
        int stride = panels * width;
        int patchStride = Winograd.positionStride((long) channels * stride);
        int sumStride = Winograd.positionStride((long) count * stride);
        for (int position = 0; position < WinogradSimd.POSITIONS; position++) {
            int from = transformedAt + weight.at(position, block) + firstRow * weight.stride();
            for (int panel = 0; panel < panels; panel++) {
                int patches = patchesAt + position * patchStride + panel * channels * width;
                int to = sumsAt + position * sumStride + panel * width;
                for (int row = 0; row < count; ) {
                    int height = RowGroups.next(simd, count - row);
                    int sumAt = to + row * stride;
                    simd.multiply(
                            height, transformed, from, weightRows, row, work, patches, channels, work, sumAt, stride);
                    row += height;
                }
            }
        }
    }

    private void store(float[] work, TileLayout layout, int firstRow, int count, int stride) {
        int area = WinogradSimd.OUTPUTS * WinogradSimd.OUTPUTS;
        int sumStride = Winograd.positionStride((long) count * stride);
        Region residual = finish.residual();
        for (int row = 0; row < count; row++) {
            float first = bias == null ? 0 : bias[biasAt + firstRow + row];
            winograd.outputs(work, sumsAt + row * stride, sumStride, stride, first, work, outputsAt);
            if (residual != null) {
                target.add(residual, work, outputsAt, stride, layout, firstRow + row);
            }
            finish.activation().apply(work, outputsAt, area * stride);
            target.store(work, outputsAt, stride, layout, firstRow + row);
        }
    }
}
