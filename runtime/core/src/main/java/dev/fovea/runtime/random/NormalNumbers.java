package dev.fovea.runtime.random;

/** Standard normal numbers by their place in a stream, the same as {@link RandomStream#normal}, without allocating. */
public final class NormalNumbers {
    /** The length of the buffer for {@link #fill}. */
    public static final int WORDS = 4;

    private NormalNumbers() {}

    /**
     * Writes elements {@code first, first + 1, …} to {@code out[0 … length)}.
     *
     * @param words room for {@link #WORDS}, written over
     */
    public static void fill(long seed, long stream, long first, float[] out, int length, int[] words) {
        long block = -1;
        for (int i = 0; i < length; i++) {
            long index = first + i;
            if (index >>> 2 != block) {
                block = index >>> 2;
                Philox.block(seed, stream, block, words);
            }
            out[i] = RandomStream.normal(words, (int) index & 3);
        }
    }
}
