package dev.fovea.runtime.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NormalNumbersTest {
    private static final long SEED = 42;
    private static final long STREAM = DropoutMask.stream(3, 17);
    private static final int MANY = 400_000;

    private static float[] draw(int sample, int size, int from, int length) {
        float[] out = new float[length];
        NormalNumbers.fill(SEED, STREAM, sample, size, from, length, out, new int[NormalNumbers.WORDS]);
        return out;
    }

    @Test
    void aRangeIsAPartOfTheWhole() {
        float[] all = draw(2, 31, 0, 31);
        for (int from = 0; from < 31; from++) {
            for (int to = from; to <= 31; to++) {
                assertThat(draw(2, 31, from, to - from)).isEqualTo(Arrays.copyOfRange(all, from, to));
            }
        }
    }

    /** The definition, in double. */
    @Test
    void elementsAreBoxAndMullersOfPhiloxWords() {
        int size = 30_001;
        float[] drawn = draw(3, size, 0, size);
        int[] words = new int[4];
        for (int i = 0; i < size; i++) {
            Philox.block(SEED, STREAM, 3 * ((size + 3) / 4) + i / 4, words);
            int pair = i & 2;
            double radius = Math.sqrt(-2 * Math.log(odd(words[pair])));
            double angle = Math.PI / 2 * ((words[pair + 1] >>> 30) + odd(words[pair + 1] << 2) - 0.5);
            double exact = radius * ((i & 1) == 0 ? Math.cos(angle) : Math.sin(angle));
            assertThat((double) drawn[i]).as("element %d", i).isCloseTo(exact, Offset.offset(5e-7 * radius));
        }
    }

    private static double odd(int word) {
        return (2.0 * (word >>> 9) + 1) / (1 << 24);
    }

    /** Within five standard deviations of each estimate. */
    @Test
    void theMomentsAreThoseOfANormalDistribution() {
        float[] drawn = draw(0, MANY, 0, MANY);
        double[] moments = new double[5];
        int below = 0;
        for (float x : drawn) {
            for (int k = 1; k < moments.length; k++) {
                moments[k] += Math.pow(x, k) / MANY;
            }
            below += x < -1 ? 1 : 0;
        }
        double unit = 5 / Math.sqrt(MANY);
        assertThat(moments[1]).isCloseTo(0, Offset.offset(unit));
        assertThat(moments[2]).isCloseTo(1, Offset.offset(unit * Math.sqrt(2)));
        assertThat(moments[3]).isCloseTo(0, Offset.offset(unit * Math.sqrt(15)));
        assertThat(moments[4]).isCloseTo(3, Offset.offset(unit * Math.sqrt(96)));
        assertThat((double) below / MANY).isCloseTo(0.158655, Offset.offset(unit * 0.37));
    }

    @Test
    void neighboursSamplesAndStreamsAreIndependent() {
        float[] one = draw(0, MANY, 0, MANY);
        float[] other = draw(1, MANY, 0, MANY);
        double neighbours = 0;
        double samples = 0;
        for (int i = 1; i < MANY; i++) {
            neighbours += one[i] * one[i - 1] / MANY;
            samples += one[i] * other[i] / MANY;
        }
        Offset<Double> chance = Offset.offset(5 / Math.sqrt(MANY));
        assertThat(neighbours).isCloseTo(0, chance);
        assertThat(samples).isCloseTo(0, chance);
    }
}
