package dev.fovea.runtime.cpu.gemm;

/**
 * How the sum that is a weight's gradient in channel blocks is cut. Its pixels, or patches, come in <i>places</i>: some rows of a sample, or several whole samples where images are
 * small. The places are cut into <i>parts</i>, whose sums are added in their order at the end, and the weight into <i>shares</i>, ranges of the input's blocks times
 * ranges of pairs of the output's. All of it follows from shapes and the largest batch.
 *
 * @param rows of a place
 * @param strips places of a sample
 * @param samples of a place, 1 where there are several strips
 * @param parts the most, for a whole batch
 * @param blocks of the input's channels
 * @param blockShares ranges of them
 * @param pairs of blocks of the output's channels
 * @param pairShares ranges of them
 */
record GradientCut(
        int height,
        int rows,
        int strips,
        int samples,
        int parts,
        int blocks,
        int blockShares,
        int pairs,
        int pairShares) {
    /** Tiles to aim at, so that several threads are busy to the end. */
    private static final int ENOUGH_TILES = 8;

    /** Rows of {@code width} pixels, about so many pixels in a place; one part and one share. */
    static GradientCut of(int height, int width, int pixels, int blocks, int pairs, int capacity) {
        int rows = Math.max(1, Math.min(height, pixels / width));
        int strips = (height + rows - 1) / rows;
        rows = (height + strips - 1) / strips;
        int samples = strips > 1 ? 1 : Math.min(capacity, Math.max(1, pixels / (height * width)));
        int groups = (capacity + samples - 1) / samples;
        samples = (capacity + groups - 1) / groups;
        return new GradientCut(height, rows, strips, strips > 1 ? 1 : samples, 1, blocks, 1, pairs, 1);
    }

    /**
     * So many parts, if there are as many places, and shares enough.
     *
     * @param block what it costs to bring a block of the input once more
     * @param pair what it costs to bring a pair of blocks of the output's gradient once more
     */
    GradientCut cut(long most, int capacity, double block, double pair) {
        int count = (int) Math.max(1, Math.min(Math.min(most, ENOUGH_TILES), places(capacity)));
        int wanted = ENOUGH_TILES / count; // five parts are enough
        int best = 1;
        double least = Double.MAX_VALUE;
        for (int i = 1; i <= Math.min(wanted, pairs); i++) {
            int others = Math.min(blocks, (wanted + i - 1) / i);
            double cost = i * blocks * block + others * pairs * pair;
            boolean enough = i * others >= wanted || i == Math.min(wanted, pairs);
            if (enough && cost < least) {
                least = cost;
                best = i;
            }
        }
        int blockRanges = Math.min(blocks, (wanted + best - 1) / best);
        return new GradientCut(height, rows, strips, samples, count, blocks, blockRanges, pairs, best);
    }

    /** Places of a batch. */
    int places(int batch) {
        return (batch + samples - 1) / samples * strips;
    }

    /** Ranges of blocks times ranges of pairs. */
    int shares() {
        return blockShares * pairShares;
    }

    /** The first block of a share; that of the next range behind the last. */
    int firstBlock(int share) {
        return blocks * (share / pairShares) / blockShares;
    }

    /** The block behind a share's last. */
    int endBlock(int share) {
        return blocks * (share / pairShares + 1) / blockShares;
    }

    /** The first pair of a share. */
    int firstPair(int share) {
        return pairs * (share % pairShares) / pairShares;
    }

    /** The pair behind a share's last. */
    int endPair(int share) {
        return pairs * (share % pairShares + 1) / pairShares;
    }

    /** The most blocks of a share. */
    int mostBlocks() {
        return (blocks + blockShares - 1) / blockShares;
    }

    /** The most pairs of a share. */
    int mostPairs() {
        return (pairs + pairShares - 1) / pairShares;
    }
}
