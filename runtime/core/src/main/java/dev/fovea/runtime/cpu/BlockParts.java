package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.BlockSimd;

/**
 * The pixels of channel blocks cut into parts of which sums are taken side by side: a piece of a sample, or small samples some together. How depends on the shape and the capacity alone, and
 * so does the order of all additions. Parts are done sample by sample, so that a thread finds the samples of the layer before in its caches.
 */
final class BlockParts {
    /** The most pixels of a piece: two tensors of it stay in the second-level cache. */
    private static final int PIECE = 2048;
    /** With fewer pixels what a part costs by itself would show. */
    private static final int WORTH_A_PART = 256;
    /** The most pixels that are added up in single precision, in several sums; they stay in the first-level cache. */
    private static final int RUN = 256;

    /** What the statistics of a block cost besides, in floats that are read. */
    private static final int WORTH_A_BLOCK = 64;

    private final Workers workers;
    private final int blocks;
    private final int area;
    private final int pieces;
    private final int longest;
    private final int runs;
    private final int groups;
    private final int together;

    BlockParts(Workers workers, int channels, int area, int capacity) {
        this.workers = workers;
        this.area = area;
        blocks = channels / BlockSimd.SIZE;
        pieces = (area + PIECE - 1) / PIECE;
        longest = (area + pieces - 1) / pieces;
        runs = (longest + RUN - 1) / RUN;
        int few = Math.max(1, WORTH_A_PART / area);
        int most = (capacity + few - 1) / few;
        together = (capacity + most - 1) / most;
        groups = groups(capacity);
    }

    /** A loop over the pieces of all blocks, {@link #block} by block, where the elements are pieces and a group takes the place of a sample. */
    Elementwise loop(Elementwise.Range body) {
        return new Elementwise(workers, (long) blocks * pieces, together * longest * BlockSimd.SIZE, 1, body);
    }

    /** How many groups so many samples are. */
    int groups(int batch) {
        return (batch + together - 1) / together;
    }

    int firstSample(int group) {
        return group * together;
    }

    /** One more than the last sample of a group. */
    int endSample(int group, int batch) {
        return Math.min(batch, (group + 1) * together);
    }

    /** The parts there are at most. */
    int count() {
        return groups * blocks * pieces;
    }

    /** Which part a piece of a group is. */
    int part(int group, int piece) {
        return group * blocks * pieces + piece;
    }

    /** The pieces of a block in a sample. */
    int pieces() {
        return pieces;
    }

    int blocks() {
        return blocks;
    }

    /** The block of a piece. */
    int block(int piece) {
        return piece / pieces;
    }

    /** Where in a sample a piece begins, in floats. */
    int at(int piece) {
        return (block(piece) * area + piece % pieces * longest) * BlockSimd.SIZE;
    }

    /** The pixels of a part. */
    int pixels(int group, int piece, int batch) {
        return (endSample(group, batch) - firstSample(group)) * pixels(piece);
    }

    /** The pixels of a piece in each sample. */
    int pixels(int piece) {
        return Math.min(longest, area - piece % pieces * longest);
    }

    /** The parts of a block. */
    int inBlock(int batch) {
        return groups(batch) * pieces;
    }

    /** Which part of all a block's part is. */
    int ofBlock(int block, int part) {
        return part(part / pieces, block * pieces + part % pieces);
    }

    /** The pixels of a block's part. */
    int pixelsOfBlock(int part, int batch) {
        return pixels(part / pieces, part % pieces, batch);
    }

    /** How many floats what a block's parts are added up with is worth. */
    int weight() {
        return BlockSimd.SIZE * (WORTH_A_BLOCK + groups * pieces);
    }

    /** The pixels that are added up in single precision. */
    int run() {
        return (longest + runs - 1) / runs;
    }
}
