package dev.fovea.vector;

import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PatchSimd;
import dev.fovea.runtime.simd.PixelSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops over tensors in channel blocks, where a register is as long as a block. */
final class VectorBlocks implements BlockSimd {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int TALL = 14;
    private static final int HALF = 7;
    private static final int EIGHT = 8;
    private static final int FIVE = 5;
    private static final int FOUR = 4;

    private final PatchSimd patches = new VectorPatches();
    private final PixelSimd pixels = new VectorPixels();

    @Override
    public PatchSimd patches() {
        return patches;
    }

    @Override
    public PixelSimd pixels() {
        return pixels;
    }

    @Override
    public void multiply(
            int rows,
            int pixels,
            float[] x,
            int xAt,
            int xRow,
            int[] terms,
            int first,
            int depth,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cBlock,
            int from,
            boolean alike) {
        int step = alike ? 0 : SIZE;
        int block = alike ? SIZE : cBlock;
        for (int row = 0; row < rows; row++) {
            int at = xAt + row * xRow;
            int done = row * pixels;
            if (pixels == HALF && row < rows - 1) { // two rows make a tall tile
                int to = cAt + done * SIZE;
                int begin = from + done * step;
                BlockTiles.multiply14(x, at, xRow, terms, first, depth, w, wAt, c, to, cBlock, begin, step, block);
                row++;
                continue;
            }
            int size;
            for (int i = 0; i < pixels; i += size) {
                size = PixelRuns.first(pixels - i);
                int to = cAt + (done + i) * SIZE;
                int begin = from + (done + i) * step;
                tile(size, x, at + i * SIZE, terms, first, depth, w, wAt, c, to, cBlock, begin, step, block);
            }
        }
    }

    private static void tile(
            int pixels,
            float[] x,
            int xAt,
            int[] terms,
            int first,
            int depth,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cBlock,
            int from,
            int step,
            int block) {
        switch (pixels) {
            case TALL ->
                BlockTiles.multiply14(
                        x, xAt, HALF * SIZE, terms, first, depth, w, wAt, c, cAt, cBlock, from, step, block);
            case EIGHT -> BlockTiles.multiply8(x, xAt, terms, first, depth, w, wAt, c, cAt, cBlock, from, step, block);
            case HALF -> BlockTiles.multiply7(x, xAt, terms, first, depth, w, wAt, c, cAt, cBlock, from, step, block);
            case 4 -> BlockTiles.multiply4(x, xAt, terms, first, depth, w, wAt, c, cAt, cBlock, from, step, block);
            case 2 -> BlockTiles.multiply2(x, xAt, terms, first, depth, w, wAt, c, cAt, cBlock, from, step, block);
            default -> BlockTiles.multiply1(x, xAt, terms, first, depth, w, wAt, c, cAt, cBlock, from, step, block);
        }
    }

    @Override
    public void addGradient(
            int columns,
            int[] places,
            int first,
            int pixels,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            int dyBlock,
            float[] s,
            int at) {
        switch (columns) {
            case EIGHT -> GradientTiles.add8(places, first, pixels, x, xAt, dy, dyAt, dyBlock, s, at);
            case FIVE -> GradientTiles.add5(places, first, pixels, x, xAt, dy, dyAt, dyBlock, s, at);
            case FOUR -> GradientTiles.add4(places, first, pixels, x, xAt, dy, dyAt, dyBlock, s, at);
            default -> throw new IllegalArgumentException(columns + " columns");
        }
    }

    @Override
    public int gradientColumns(int left) {
        if (left <= FOUR) {
            return FOUR;
        }
        // 9 = 5 + 4, 10 = 5 + 5, 14 = 5 + 5 + 4, 15 = 5 + 5 + 5; what is longer begins with 8
        boolean fives = left <= 3 * FIVE && (left % FIVE == 0 || left % FIVE == FOUR);
        return fives ? FIVE : EIGHT;
    }

    @Override
    public int padded(int pixels) {
        return PixelRuns.padded(pixels);
    }

    @Override
    public void copy(int pixels, int step, float[] x, int xAt, float[] y, int yAt) {
        for (int i = 0; i < pixels; i++) {
            FloatVector.fromArray(SPECIES, x, xAt + i * step * SIZE).intoArray(y, yAt + i * SIZE);
        }
    }
}
