package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import java.util.Optional;

/** The pixels of a tensor in channel blocks: where each output reads its own pixel they are read where they are, otherwise from a {@link BlockImage}. */
final class BlockPixels implements WeightPixels {
    private static final int SIZE = BlockSimd.SIZE;

    private final Region region;
    private final Shape shape;
    private final Optional<BlockImage> image;
    private final int blockFloats;
    private final int[] places;
    private final int[] terms;
    private final int taps;

    /**
     * Of a tensor of this shape.
     *
     * @param gather what the outputs read of it
     * @param copied whether to copy them in any case
     * @param rows of outputs in a tile
     * @param samples in a tile
     */
    BlockPixels(
            BlockSimd simd,
            Gather gather,
            Region region,
            Shape shape,
            boolean inBlocks,
            boolean copied,
            int rows,
            int samples) {
        this.region = region;
        this.shape = shape;
        this.taps = gather.taps();
        int width = gather.columns().outputs();
        boolean inPlace = inBlocks && !copied && gather.isIdentity();
        image = inPlace
                ? Optional.empty()
                : Optional.of(new BlockImage(simd, gather, region, shape, !inBlocks, width, rows, samples));
        terms = image.map(BlockImage::terms).orElse(new int[0]);
        blockFloats = image.map(BlockImage::blockFloats).orElse(shape.area() * SIZE);
        int sampleFloats = image.map(BlockImage::sampleFloats).orElse((int) region.stride());
        int rowFloats = image.map(BlockImage::rowFloats).orElse(width * SIZE);
        places = new int[samples * rows * width];
        for (int i = 0; i < places.length; i++) {
            int row = i / width;
            places[i] = row / rows * sampleFloats + row % rows * rowFloats + i % width * SIZE;
        }
    }

    @Override
    public int[] places() {
        return places;
    }

    @Override
    public int blocks() {
        return (shape.channels() + SIZE - 1) / SIZE;
    }

    @Override
    public int blockFloats() {
        return blockFloats;
    }

    @Override
    public int floats(int blocks) {
        return image.isEmpty() ? 0 : Math.multiplyExact(blocks, blockFloats);
    }

    @Override
    public void prepare(
            float[] work, int at, int firstBlock, int endBlock, int firstSample, int samples, int firstRow, int rows) {
        if (image.isEmpty()) {
            return;
        }
        BlockImage copies = image.get();
        for (int block = firstBlock; block < endBlock; block++) {
            int to = at + (block - firstBlock) * copies.blockFloats();
            for (int i = 0; i < samples; i++) {
                copies.fillBlock(firstSample + i, block, firstRow, rows, work, to + i * copies.sampleFloats());
            }
        }
    }

    @Override
    public float[] values(float[] work) {
        return image.isEmpty() ? CpuMemory.values(region) : work;
    }

    @Override
    public int at(int at, int firstBlock, int firstSample, int firstRow) {
        if (image.isPresent()) {
            return at;
        }
        return (int) region.at(firstSample) + (firstBlock * shape.height() + firstRow) * shape.width() * SIZE;
    }

    /** The terms of the sums: the channels of a block, for each tap. */
    WeightTerms terms(BlockSimd simd) {
        WeightTerms.Builder builder = new WeightTerms.Builder(simd);
        int[] order = new int[shape.channels() * taps];
        int place = 0;
        for (int block = 0; block < blocks(); block++) {
            int channels = Math.min(SIZE, shape.channels() - block * SIZE);
            builder.begin();
            for (int tap = 0; tap < taps; tap++) {
                int row = builder.add(channels, image.isEmpty() ? block * blockFloats : terms[place]);
                place += channels;
                for (int i = 0; i < channels; i++) {
                    order[(block * SIZE + i) * taps + tap] = row + i;
                }
            }
        }
        return builder.build(order);
    }
}
