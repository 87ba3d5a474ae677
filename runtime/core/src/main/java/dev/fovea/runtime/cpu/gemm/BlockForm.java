package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.simd.BlockSimd;

/** A weight as a {@link BlockedProduct} multiplies it: what belongs to a pair of blocks of outputs lies together, pair by pair. */
abstract class BlockForm {
    /** Below so many floats waking another thread costs more than it brings. */
    private static final int WORTH_SHARING = 1 << 15;

    private final Cpu cpu;
    final int outputs;
    final int channels;
    final WeightSteps steps;
    private final Scratch scratch;
    private final Tiles tiles = this::tile;
    private float[] weight = {};
    private int weightAt;
    private float[] form = {};
    private int formAt;

    /**
     * A form of so many outputs and channels.
     *
     * @param steps how the weight lies from which it is made
     * @param workFloats what making a pair takes to work with
     */
    BlockForm(Cpu cpu, int outputs, int channels, WeightSteps steps, int workFloats) {
        this.cpu = cpu;
        this.outputs = outputs;
        this.channels = channels;
        this.steps = steps;
        this.scratch = cpu.scratch(workFloats);
    }

    /** What tells it from others of the same length. */
    abstract Object key();

    /** The length of so many channels of a pair. */
    abstract int floats(int count);

    /** How many channels of a pair to make at a time where they are multiplied with at once, so that they are still in the second-level cache. */
    abstract int piece();

    /**
     * Makes some channels of a pair: all of them, or a {@link #piece} that begins at a multiple of one.
     *
     * @param work room to work with, from {@code workAt} on
     */
    abstract void fill(
            int pair, int first, int end, float[] from, int at, float[] to, int toAt, float[] work, int workAt);

    /** Whether outputs lie nearer to one another in the weight than channels: then it is read once where it is read row by row. */
    final boolean outputsLieTogether() {
        return steps.outputStep() < steps.channelStep();
    }

    /** Puts side by side what lies so far apart. */
    static void row(float[] from, int at, int step, int count, float[] to, int toAt) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] = from[at + i * step];
        }
    }

    /** The length of a pair. */
    final int pairFloats() {
        return floats(channels);
    }

    /** The length of all pairs. */
    final long floats() {
        return (long) pairs() * pairFloats();
    }

    private int pairs() {
        return (outputs + BlockSimd.COLUMNS - 1) / BlockSimd.COLUMNS;
    }

    /** Makes all pairs. */
    final void fill(float[] from, int at, float[] to, int toAt) {
        weight = from;
        weightAt = at;
        form = to;
        formAt = toAt;
        if (floats() < WORTH_SHARING) {
            cpu.workers().runInline(pairs(), tiles);
        } else {
            cpu.workers().run(pairs(), tiles);
        }
    }

    private void tile(int pair, int worker) {
        fill(pair, 0, channels, weight, weightAt, form, formAt + pair * pairFloats(), scratch.of(worker), 0);
    }
}
