package dev.fovea.runtime.random;

/**
 * Philox4x32-10, a counter-based generator: four 32-bit words as a function of a 128-bit counter and a 64-bit key.
 *
 * <p>Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, <i>Parallel Random Numbers: As Easy as 1, 2, 3</i>, SC 2011. Here the key is the
 * seed, the upper half of the counter is the stream, and the lower half counts the blocks of four words within the stream.
 */
public final class Philox {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int KEY_STEP_0 = 0x9E3779B9;
    private static final int KEY_STEP_1 = 0xBB67AE85;
    private static final long LOW_HALF = 0xFFFFFFFFL;

    private Philox() {}

    /**
     * Writes one block: words {@code 4 * block} to {@code 4 * block + 3} of a stream.
     *
     * @param seed the key, lower word first
     * @param stream the upper two words of the counter, lower word first
     * @param block the lower two words of the counter, lower word first
     * @param words receives four words
     */
    public static void block(long seed, long stream, long block, int[] words) {
        int counter0 = (int) block;
        int counter1 = (int) (block >>> 32);
        int counter2 = (int) stream;
        int counter3 = (int) (stream >>> 32);
        int key0 = (int) seed;
        int key1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (counter0 & LOW_HALF);
            long product1 = MULTIPLIER_1 * (counter2 & LOW_HALF);
            counter0 = (int) (product1 >>> 32) ^ counter1 ^ key0;
            counter1 = (int) product1;
            counter2 = (int) (product0 >>> 32) ^ counter3 ^ key1;
            counter3 = (int) product0;
            key0 += KEY_STEP_0;
            key1 += KEY_STEP_1;
        }
        words[0] = counter0;
        words[1] = counter1;
        words[2] = counter2;
        words[3] = counter3;
    }
}
