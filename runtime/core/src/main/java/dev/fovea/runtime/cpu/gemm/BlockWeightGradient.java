package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;

/**
 * The gradient of a convolution's weight where input or output lies in channel blocks: {@code dW[m, c, tap] = Σ_p dY[p][m]·X[p + tap][c]} over the pixels p of
 * the batch. Registers hold sums of numbers of a pixel of the input, its channels, times two blocks of the output's gradient.
 *
 * <p>Floor: the multiply-adds at the peak.
 */
final class BlockWeightGradient extends BlockWeightSums {
    /** Pixels of a place: the input's and the sums stay in the second-level cache. */
    private static final int PIXELS = 448;
    /** The same where the input has few channels: rows that overlap are brought less often. */
    private static final int FEW_CHANNELS_PIXELS = 1792;
    /** Pixels that are summed at a time: the gradient of so many for a pair of blocks stays in the first-level cache. */
    private static final int NEAR = 168;
    /** The fewest pixels of a part: clearing and adding its sums costs as much as some of them. */
    private static final int PART_PIXELS = 1024;
    /** The most floats to spend on parts. */
    private static final long PART_FLOATS = 1 << 22;
    /** Rows stored at a time. */
    private static final int STORED = 144;
    /** What it costs to turn around a pixel of planes, where copying one costs 2 and reading it 1. */
    private static final double TURN = 16;

    private final BlockSimd simd;
    private final WeightPixels input;
    private final WeightTerms terms;
    private final WeightPixels gradients;
    private final int width;
    private final int gradientsAt;
    private final int storedBlocks;
    private final int taps;

    /**
     * A gradient to be computed.
     *
     * @param gather what the outputs read
     * @param capacity the largest batch
     */
    BlockWeightGradient(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            boolean inputInBlocks,
            Region outputGradient,
            Shape outputShape,
            boolean outputInBlocks,
            int capacity) {
        super(
                cpu,
                cut(gather, inputShape, inputInBlocks, outputShape, outputInBlocks, capacity),
                outputShape.channels(),
                inputShape.channels() * gather.taps());
        simd = cpu.simd().blocks().orElseThrow();
        width = outputShape.width();
        taps = gather.taps();
        if (isInterleaved(gather, inputShape, inputInBlocks)) {
            InterleavedPixels pixels = new InterleavedPixels(gather, input, inputShape, cut.rows(), cut.samples());
            this.input = pixels;
            terms = pixels.terms(simd);
        } else {
            BlockPixels pixels =
                    new BlockPixels(simd, gather, input, inputShape, inputInBlocks, false, cut.rows(), cut.samples());
            this.input = pixels;
            terms = pixels.terms(simd);
        }
        gradients = new BlockPixels(
                simd,
                itself(outputShape),
                outputGradient,
                outputShape,
                outputInBlocks,
                cut.samples() > 1, // so that the pixels of all samples lie side by side
                cut.rows(),
                cut.samples());
        gradientsAt = this.input.floats(cut.mostBlocks());
        long rows = terms.mostRows(cut.blockShares());
        storedBlocks = Math.max(1, STORED / (SIZE * gather.taps()));
        int pieces = (cut.mostBlocks() + storedBlocks - 1) / storedBlocks;
        reserve(gradientsAt + gradients.floats(2 * cut.mostPairs()), rows * COLUMNS, pieces);
    }

    private static GradientCut cut(
            Gather gather, Shape input, boolean inputInBlocks, Shape output, boolean outputInBlocks, int capacity) {
        boolean interleaved = isInterleaved(gather, input, inputInBlocks);
        int blocks = interleaved ? 1 : (input.channels() + SIZE - 1) / SIZE;
        int pairs = (output.channels() + COLUMNS - 1) / COLUMNS;
        int pixels = interleaved ? FEW_CHANNELS_PIXELS : PIXELS;
        long floats = (long) input.channels() * gather.taps() * pairs * COLUMNS;
        long parts = Math.min((long) capacity * output.area() / PART_PIXELS, PART_FLOATS / floats);
        double turned = inputInBlocks ? 1 : TURN;
        double block =
                gather.isIdentity() && inputInBlocks ? 1 : 2.0 * turned * input.area() / Math.max(1, output.area());
        double pair = outputInBlocks ? 2 : 2 * TURN;
        return GradientCut.of(output.height(), output.width(), pixels, blocks, pairs, capacity)
                .cut(parts, capacity, block, pair);
    }

    private static boolean isInterleaved(Gather gather, Shape input, boolean inputInBlocks) {
        return !inputInBlocks && InterleavedPixels.fits(gather, input);
    }

    /** Each pixel reads itself. */
    static Gather itself(Shape shape) {
        int[] none = {0};
        return new Gather(
                new GatherAxis(shape.height(), shape.height(), 1, none, PaddingMode.ZEROS),
                new GatherAxis(shape.width(), shape.width(), 1, none, PaddingMode.ZEROS));
    }

    @Override
    public String algorithm() {
        return "blocks";
    }

    @Override
    void add(
            float[] work,
            float[] totals,
            int totalsAt,
            int share,
            int firstSample,
            int samples,
            int firstRow,
            int rows) {
        int firstBlock = cut.firstBlock(share);
        int endBlock = cut.endBlock(share);
        int firstPair = cut.firstPair(share);
        int endPair = cut.endPair(share);
        input.prepare(work, 0, firstBlock, endBlock, firstSample, samples, firstRow, rows);
        int endOutputs = Math.min(gradients.blocks(), 2 * endPair);
        gradients.prepare(work, gradientsAt, 2 * firstPair, endOutputs, firstSample, samples, firstRow, rows);
        int pixels = samples * rows * width;
        int pieces = (pixels + NEAR - 1) / NEAR;
        for (int pair = firstPair; pair < endPair; pair++) {
            boolean single = 2 * pair + 1 == gradients.blocks();
            int dyAt = gradients.at(gradientsAt, 2 * firstPair, firstSample, firstRow)
                    + 2 * (pair - firstPair) * gradients.blockFloats();
            int dyBlock = single ? 0 : gradients.blockFloats();
            int sumsAt = totalsAt + (pair - firstPair) * pairFloats() - terms.firstRows()[firstBlock] * COLUMNS;
            int xAt = input.at(0, firstBlock, firstSample, firstRow) - firstBlock * input.blockFloats();
            float[] x = input.values(work);
            float[] dy = gradients.values(work);
            for (int piece = 0; piece < pieces; piece++) {
                int first = pixels * piece / pieces;
                int count = pixels * (piece + 1) / pieces - first;
                for (int i = terms.begins()[firstBlock]; i < terms.begins()[endBlock]; i++) {
                    simd.addGradient(
                            terms.columns()[i],
                            input.places(),
                            first,
                            count,
                            x,
                            xAt + terms.offsets()[i],
                            dy,
                            dyAt,
                            dyBlock,
                            totals,
                            sumsAt + terms.rows()[i] * COLUMNS);
                }
            }
        }
    }

    /** A piece is some blocks of the input. */
    @Override
    void store(float[] work, float[] totals, int totalsAt, int share, int pair, int piece, int partCount) {
        int firstBlock = Math.min(cut.endBlock(share), cut.firstBlock(share) + piece * storedBlocks);
        int endBlock = Math.min(cut.endBlock(share), firstBlock + storedBlocks);
        int[] rows = terms.firstRows();
        int from = totalsAt - rows[cut.firstBlock(share)] * COLUMNS;
        int at = from + rows[firstBlock] * COLUMNS;
        int length = (rows[endBlock] - rows[firstBlock]) * COLUMNS;
        for (int part = 1; part < partCount; part++) {
            cpu.simd().add(totals, at + part * partFloats(), totals, at, length);
        }
        turn(totals, from, terms.order(), pair, first(firstBlock), first(endBlock));
    }

    /** The first of the weight's numbers of a block. */
    private int first(int block) {
        return block == input.blocks() ? depth() : block * SIZE * taps;
    }
}
