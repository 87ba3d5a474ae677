package dev.fovea.runtime.random;

/**
 * The mask of a dropout, the same on every device: element {@code e} of sample {@code s} is kept where, as an unsigned
 * number, word {@code e % 4} of {@link Philox} block {@code s·⌈size / 4⌉ + e / 4} is at least p·2^32. The key is the run's seed; the stream is that of
 * {@link #stream}.
 *
 * @param p the probability of dropping an element, at least 0 and less than 1
 * @param factor what a kept element is multiplied by
 */
public record DropoutMask(float p, float factor) {
    /** With inverted scaling: what is kept is multiplied by 1/(1 − p). */
    public DropoutMask(float p) {
        this(p, 1 / (1 - p));
    }

    /** The length of the buffer for {@link #factors}. */
    public static final int WORDS = 4;

    /** The stream of one operator in one step. */
    public static long stream(int operator, long step) {
        return RandomStream.child(operator, step);
    }

    /** The smallest word that keeps its element, as an unsigned number. */
    public int threshold() {
        return (int) (long) (p * 0x1p32);
    }

    /**
     * Writes 0 for each element dropped and {@link #factor} for each kept to {@code out[0 … length)}.
     *
     * @param stream of {@link #stream(int, long)}
     * @param sample its place in the batch
     * @param size the elements of a sample
     * @param from the first element
     * @param words room for {@link #WORDS}, written over
     */
    public void factors(long seed, long stream, int sample, int size, int from, int length, float[] out, int[] words) {
        long firstBlock = sample * ((size + 3L) >>> 2);
        int threshold = threshold() + Integer.MIN_VALUE;
        int done = 0;
        while (done < length) {
            int element = from + done;
            Philox.block(seed, stream, firstBlock + (element >>> 2), words);
            int end = Math.min(length, done + 4 - (element & 3));
            for (int word = element & 3; done < end; word++, done++) {
                out[done] = words[word] + Integer.MIN_VALUE >= threshold ? factor : 0;
            }
        }
    }
}
