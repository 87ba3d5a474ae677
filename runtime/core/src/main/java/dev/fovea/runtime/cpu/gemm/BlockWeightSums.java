package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.simd.BlockSimd;
import java.util.Arrays;

/**
 * The gradient of a weight in channel blocks, cut as {@link GradientCut} says. The sums of a share are {@code [pairs, rows, 32]} for its pairs of blocks of
 * output channels; where there is one part they are stored as soon as they are taken, otherwise when all are.
 */
abstract class BlockWeightSums implements WeightSums {
    static final int SIZE = BlockSimd.SIZE;
    static final int COLUMNS = BlockSimd.COLUMNS;

    final Cpu cpu;
    final GradientCut cut;
    private final int outputs;
    private final int depth;
    private Scratch scratch;
    private Scratch sums;
    private int pairFloats;
    private int shareFloats;
    private int pieces = 1;
    private final Tiles add = this::add;
    private final Tiles finish = this::finish;
    private int batch;
    private int parts;
    private float[] gradient = {};
    private int weightAt;
    private boolean accumulate;

    /** Of a weight {@code [outputs, depth]}. */
    BlockWeightSums(Cpu cpu, GradientCut cut, int outputs, int depth) {
        this.cpu = cpu;
        this.cut = cut;
        this.outputs = outputs;
        this.depth = depth;
        this.scratch = cpu.scratch(0);
        this.sums = cpu.common(0);
    }

    /**
     * Says how much memory is needed.
     *
     * @param work floats for each worker
     * @param pair floats of the sums of a share's pair of blocks
     * @param stores pieces in which {@link #store} is to be called for each pair
     */
    final void reserve(long work, long pair, int stores) {
        scratch = cpu.scratch(work);
        pairFloats = Math.toIntExact(pair);
        shareFloats = Math.multiplyExact(cut.mostPairs(), pairFloats);
        pieces = stores;
        int slots = isByWorker() ? cpu.workers().threads() : cut.parts() * cut.shares();
        sums = cpu.common(Math.multiplyExact((long) slots, shareFloats));
    }

    /** Whether the sums of a tile are put down before its thread begins another, and there are more tiles than threads. */
    private boolean isByWorker() {
        return cut.parts() == 1 && cpu.workers().threads() < cut.shares();
    }

    /** The weight's numbers for an output. */
    final int depth() {
        return depth;
    }

    /** From the sums of a pair to those of the next. */
    final int pairFloats() {
        return pairFloats;
    }

    /** From the sums of a part to the same of the next. */
    final int partFloats() {
        return cut.shares() * shareFloats;
    }

    /** Adds what a place contributes to the sums of a share. */
    abstract void add(
            float[] work,
            float[] totals,
            int totalsAt,
            int share,
            int firstSample,
            int samples,
            int firstRow,
            int rows);

    /** Adds up a piece of the sums of a share's pair, where there is more than one part, and puts them down. */
    abstract void store(float[] work, float[] totals, int totalsAt, int share, int pair, int piece, int partCount);

    @Override
    public void run(int samples, Gradient target) {
        batch = samples;
        gradient = CpuMemory.values(target.region());
        weightAt = (int) target.region().offset();
        accumulate = target.accumulate();
        parts = Math.min(cut.parts(), cut.places(samples));
        cpu.workers().run(parts * cut.shares(), add);
        if (parts > 1) {
            cpu.workers().run(cut.shares() * cut.mostPairs() * pieces, finish);
        }
    }

    private void add(int tile, int worker) {
        int share = tile % cut.shares();
        int part = tile / cut.shares();
        float[] work = scratch.of(worker);
        float[] totals = sums.of(0);
        int at = (isByWorker() ? worker : tile) * shareFloats;
        int pairs = cut.endPair(share) - cut.firstPair(share);
        Arrays.fill(totals, at, at + pairs * pairFloats, 0f);
        long places = cut.places(batch);
        int end = (int) (places * (part + 1) / parts);
        for (int place = (int) (places * part / parts); place < end; place++) {
            int firstSample = place / cut.strips() * cut.samples();
            int samples = Math.min(cut.samples(), batch - firstSample);
            int firstRow = place % cut.strips() * cut.rows();
            int rows = Math.min(cut.rows(), cut.height() - firstRow);
            add(work, totals, at, share, firstSample, samples, firstRow, rows);
        }
        for (int i = 0; parts == 1 && i < pairs * pieces; i++) {
            store(work, totals, at + i / pieces * pairFloats, share, cut.firstPair(share) + i / pieces, i % pieces, 1);
        }
    }

    private void finish(int tile, int worker) {
        int share = tile / pieces / cut.mostPairs();
        int i = tile / pieces % cut.mostPairs();
        int pair = cut.firstPair(share) + i;
        if (pair < cut.endPair(share)) {
            int at = share * shareFloats + i * pairFloats;
            store(scratch.of(worker), sums.of(0), at, share, pair, tile % pieces, parts);
        }
    }

    /**
     * Puts rows of 32 outputs down where they belong: the numbers of an output lie side by side in the weight.
     *
     * @param order the row behind {@code at} of each of the weight's numbers
     * @param first of these numbers
     * @param end the number behind the last
     */
    final void turn(float[] rows, int at, int[] order, int pair, int first, int end) {
        int count = Math.min(COLUMNS, outputs - pair * COLUMNS);
        for (int i = 0; i < count; i++) {
            int to = weightAt + (pair * COLUMNS + i) * depth;
            if (accumulate) {
                addColumn(rows, at + i, order, gradient, to, first, end);
            } else {
                copyColumn(rows, at + i, order, gradient, to, first, end);
            }
        }
    }

    private static void addColumn(float[] rows, int at, int[] order, float[] target, int to, int first, int end) {
        for (int i = first; i < end; i++) {
            target[to + i] += rows[at + order[i] * COLUMNS];
        }
    }

    private static void copyColumn(float[] rows, int at, int[] order, float[] target, int to, int first, int end) {
        for (int i = first; i < end; i++) {
            target[to + i] = rows[at + order[i] * COLUMNS];
        }
    }
}
