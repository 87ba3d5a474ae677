package dev.fovea.runtime.cpu;

/**
 * The loop of an element-wise kernel: cuts a batch of samples of one size into tiles. A tile is a range inside one
 * sample, or several whole samples when they are small. Made once a kernel, with its body, so that a step allocates
 * nothing. The elements may also be whole channels, or positions with all their channels, of so many floats each.
 */
public final class Elementwise {
    /** The longest range, in floats: a few arrays of it fit the first-level cache. */
    static final int TILE = 4096;
    /** Below so many floats waking another thread costs more than it brings. */
    private static final int WORTH_SHARING = 8192;

    private final Workers workers;
    private final int size;
    private final int weight;
    private final int longest;
    private final int cuts;
    private final int samplesPerTile;
    private final Range body;
    private final Tiles tiles = this::tile;
    private int batch;

    /** What happens to a range of one sample. */
    @FunctionalInterface
    public interface Range {
        /**
         * Does {@code length} elements of a sample, the first of them being element {@code from}.
         *
         * @param worker who does it, see {@link Tiles#run}
         */
        void run(int sample, int from, int length, int worker);
    }

    /** A loop over samples of {@code size} floats. */
    public Elementwise(Workers workers, long size, Range body) {
        this(workers, size, 1, TILE, body);
    }

    /** A loop over samples of {@code channels} channels of {@code area} floats, a channel never cut. */
    static Elementwise channels(Workers workers, int channels, int area, Range body) {
        return new Elementwise(workers, channels, area, Math.max(1, TILE / area), body);
    }

    /**
     * A loop over samples of {@code size} elements of {@code weight} floats.
     *
     * @param longest the most elements in a range
     */
    Elementwise(Workers workers, long size, int weight, int longest, Range body) {
        this.workers = workers;
        this.size = Math.toIntExact(size);
        this.weight = weight;
        this.longest = longest;
        this.cuts = Math.max(1, (this.size + longest - 1) / longest);
        this.samplesPerTile = cuts > 1 ? 1 : (int) Math.max(1, TILE / Math.max(1, size * weight));
        this.body = body;
    }

    /** Does the first {@code samples} of the batch. */
    public void run(int samples) {
        batch = samples;
        int count = cuts > 1 ? samples * cuts : (samples + samplesPerTile - 1) / samplesPerTile;
        if ((long) samples * size * weight < WORTH_SHARING) {
            workers.runInline(count, tiles);
        } else {
            workers.run(count, tiles);
        }
    }

    private void tile(int tile, int worker) {
        if (cuts > 1) {
            int from = tile % cuts * longest;
            body.run(tile / cuts, from, Math.min(longest, size - from), worker);
            return;
        }
        int last = Math.min(batch, (tile + 1) * samplesPerTile);
        for (int sample = tile * samplesPerTile; sample < last; sample++) {
            body.run(sample, 0, size, worker);
        }
    }
}
