package dev.fovea.runtime.random;

import java.util.Objects;

/**
 * An endless sequence of random numbers in which every element can be computed on its own.
 *
 * <p>Two streams of one seed with different numbers are independent. Whoever needs randomness takes a stream by name, so that adding
 * a layer or an augmentation does not shift the numbers of another: {@code RandomStream.named(seed, "conv1.weight")}, or
 * {@code RandomStream.named(seed, "shuffle").child(epoch)}.
 *
 * <p>Element {@code i} of {@link #bits} and {@link #uniform} is word {@code i % 4} of Philox block {@code i / 4}. Indices count from 0.
 *
 * @param seed the seed of the whole run
 * @param stream which stream of that seed
 */
public record RandomStream(long seed, long stream) {
    private static final float UNIT_24 = 0x1p-24f;
    private static final double UNIT_32 = 0x1p-32;
    private static final long LOW_HALF = 0xFFFFFFFFL;

    /** The stream whose number is the 64-bit FNV-1a hash of the name's UTF-16 code units. */
    public static RandomStream named(long seed, String name) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return new RandomStream(seed, hash);
    }

    /** A stream of its own for each number, an epoch or a step for example: the number is mixed in by SplitMix64's finaliser. */
    public RandomStream child(long number) {
        return new RandomStream(seed, child(stream, number));
    }

    /** The number of the stream that is {@link #child(long)} of a stream. */
    public static long child(long stream, long number) {
        long mixed = stream + (number + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** 32 random bits. */
    public int bits(long index) {
        int[] words = new int[4];
        Philox.block(seed, stream, index >>> 2, words);
        return word(words, (int) index & 3);
    }

    /** A multiple of 2^-24 in [0, 1), each equally likely. */
    public float uniform(long index) {
        return unit(bits(index));
    }

    /**
     * An integer in [0, bound), made of words {@code 2 * index} and {@code 2 * index + 1}; the bias against any value is below 2^-31.
     *
     * @throws IllegalArgumentException where bound is not positive
     */
    public int below(long index, int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, not " + bound);
        }
        int[] words = new int[4];
        Philox.block(seed, stream, index >>> 1, words);
        boolean upper = (index & 1) != 0;
        long high = upper ? words[2] : words[0];
        long low = upper ? words[3] : words[1];
        long positive = ((high << 32) | (low & LOW_HALF)) >>> 1;
        return (int) Math.multiplyHigh(positive, (long) bound << 1);
    }

    /**
     * A standard normal number, by Box and Muller's transform of two words of the same block (elements 0 and 1 share words 0 and 1). In
     * {@link StrictMath}, so that every machine gives the same bits.
     */
    public float normal(long index) {
        int[] words = new int[4];
        Philox.block(seed, stream, index >>> 2, words);
        return normal(words, (int) index & 3);
    }

    /**
     * Fills a range with elements {@code firstIndex, firstIndex + 1, …} of {@link #uniform}, stretched to [low, high]; rounding may reach
     * {@code high} itself.
     */
    public void fillUniform(float[] out, int offset, int length, long firstIndex, float low, float high) {
        Objects.checkFromIndexSize(offset, length, out.length);
        float range = high - low;
        int[] words = new int[4];
        long block = -1;
        for (int i = 0; i < length; i++) {
            long index = firstIndex + i;
            if (index >>> 2 != block) {
                block = index >>> 2;
                Philox.block(seed, stream, block, words);
            }
            out[offset + i] = low + range * unit(words[(int) index & 3]);
        }
    }

    /** Fills a range with elements {@code firstIndex, firstIndex + 1, …} of {@link #normal}, scaled and moved. */
    public void fillNormal(float[] out, int offset, int length, long firstIndex, float mean, float standardDeviation) {
        Objects.checkFromIndexSize(offset, length, out.length);
        int[] words = new int[4];
        long block = -1;
        for (int i = 0; i < length; i++) {
            long index = firstIndex + i;
            if (index >>> 2 != block) {
                block = index >>> 2;
                Philox.block(seed, stream, block, words);
            }
            out[offset + i] = mean + standardDeviation * normal(words, (int) index & 3);
        }
    }

    /** Writes a permutation of 0 … length − 1, each equally likely: Fisher and Yates's shuffle with {@link #below}. */
    public void permutation(int[] out) {
        for (int i = 0; i < out.length; i++) {
            int other = below(i, i + 1);
            out[i] = out[other];
            out[other] = i;
        }
    }

    private static float unit(int bits) {
        return (bits >>> 8) * UNIT_24;
    }

    private static float normal(int[] words, int element) {
        int pair = element & 2;
        double notZero = ((words[pair] & LOW_HALF) + 1) * UNIT_32;
        double radius = StrictMath.sqrt(-2 * StrictMath.log(notZero));
        double angle = 2 * Math.PI * ((words[pair + 1] & LOW_HALF) * UNIT_32);
        double direction = (element & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle);
        return (float) (radius * direction);
    }

    /** Constant indices, so that the compiler can keep the block in registers. */
    private static int word(int[] words, int which) {
        return switch (which) {
            case 0 -> words[0];
            case 1 -> words[1];
            case 2 -> words[2];
            default -> words[3];
        };
    }
}
