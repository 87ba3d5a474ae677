package dev.fovea.runtime.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    private static final RandomStream STREAM = RandomStream.named(7, "test");

    @Test
    void bitsAreTheWordsOfTheBlocksInOrder() {
        RandomStream zero = new RandomStream(0, 0);
        int[] second = new int[4];
        Philox.block(0, 0, 1, second);
        assertThat(zero.bits(0)).isEqualTo(0x6627e8d5);
        assertThat(zero.bits(3)).isEqualTo(0x9b00dbd8);
        assertThat(zero.bits(6)).isEqualTo(second[2]);
    }

    @Test
    void fillsInPiecesEqualOneFillAndSingleElements() {
        float[] uniforms = new float[103];
        float[] normals = new float[103];
        STREAM.fillUniform(uniforms, 0, 103, 5, 0, 1);
        STREAM.fillNormal(normals, 0, 103, 5, 0, 1);
        float[] pieces = new float[103];
        STREAM.fillUniform(pieces, 50, 53, 55, 0, 1);
        STREAM.fillUniform(pieces, 0, 50, 5, 0, 1);
        assertThat(pieces).containsExactly(uniforms);
        for (int i = 0; i < 103; i++) {
            assertThat(uniforms[i]).isEqualTo(STREAM.uniform(5 + i));
            assertThat(normals[i]).isEqualTo(STREAM.normal(5 + i));
        }
    }

    @Test
    void uniformsLieInTheUnitIntervalWithTheRightMoments() {
        float[] sample = new float[200_000];
        STREAM.fillUniform(sample, 0, sample.length, 0, 0, 1);
        double sum = 0;
        double squares = 0;
        for (float x : sample) {
            assertThat(x).isGreaterThanOrEqualTo(0).isLessThan(1);
            sum += x;
            squares += (double) x * x;
        }
        assertThat(sum / sample.length).isCloseTo(0.5, within(0.003));
        assertThat(squares / sample.length).isCloseTo(1.0 / 3, within(0.003));
    }

    @Test
    void normalsHaveTheRightMomentsAndNeighboursDoNotCorrelate() {
        float[] sample = new float[200_000];
        STREAM.fillNormal(sample, 0, sample.length, 0, 0, 1);
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        double neighbours = 0;
        for (int i = 0; i < sample.length; i++) {
            double x = sample[i];
            sum += x;
            squares += x * x;
            fourths += x * x * x * x;
            neighbours += x * sample[i ^ 1];
        }
        assertThat(sum / sample.length).isCloseTo(0, within(0.01));
        assertThat(squares / sample.length).isCloseTo(1, within(0.015));
        assertThat(fourths / sample.length).isCloseTo(3, within(0.1));
        assertThat(neighbours / sample.length).isCloseTo(0, within(0.015));
    }

    @Test
    void normalOfTheFirstBlockIsBoxMullerOfItsWords() {
        double radius = Math.sqrt(-2 * Math.log((0x6627e8d5L + 1) / 4294967296.0));
        double angle = 2 * Math.PI * 0xe169c58dL / 4294967296.0;
        RandomStream zero = new RandomStream(0, 0);
        assertThat(zero.normal(0)).isCloseTo((float) (radius * Math.cos(angle)), within(1e-6f));
        assertThat(zero.normal(1)).isCloseTo((float) (radius * Math.sin(angle)), within(1e-6f));
    }

    @Test
    void meanAndDeviationStretchTheNormals() {
        float[] out = new float[3];
        STREAM.fillNormal(out, 1, 2, 8, 10, 2);
        assertThat(out[0]).isZero();
        assertThat(out[1]).isEqualTo(10 + 2 * STREAM.normal(8));
        assertThat(out[2]).isEqualTo(10 + 2 * STREAM.normal(9));
    }

    @Test
    void integersBelowABoundAreEvenlySpread() {
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[STREAM.below(i, 7)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_600, 10_400);
        }
        assertThat(STREAM.below(3, 1)).isZero();
        assertThat(STREAM.below(3, Integer.MAX_VALUE)).isNotNegative();
        assertThatIllegalArgumentException().isThrownBy(() -> STREAM.below(0, 0));
    }

    @Test
    void permutationsHoldEveryNumberOnceAndDependOnTheStreamOnly() {
        int[] order = new int[10_007];
        STREAM.child(3).permutation(order);
        int[] again = new int[10_007];
        STREAM.child(3).permutation(again);
        int[] other = new int[10_007];
        STREAM.child(4).permutation(other);
        assertThat(order).isEqualTo(again).isNotEqualTo(other);
        Arrays.sort(order);
        for (int i = 0; i < order.length; i++) {
            assertThat(order[i]).isEqualTo(i);
        }
        STREAM.permutation(new int[0]);
    }

    @Test
    void everyPermutationOfThreeIsAboutEquallyLikely() {
        int[] counts = new int[27];
        int[] order = new int[3];
        for (int i = 0; i < 60_000; i++) {
            STREAM.child(i).permutation(order);
            counts[order[0] * 9 + order[1] * 3 + order[2]]++;
        }
        assertThat(Arrays.stream(counts).filter(count -> count > 0))
                .hasSize(6)
                .allMatch(count -> Math.abs(count - 10_000) < 500);
    }

    @Test
    void streamsOfDifferentSeedsNamesAndChildrenDiffer() {
        Set<Integer> firstBits = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            for (String name : new String[] {"conv1.weight", "conv2.weight", "shuffle"}) {
                RandomStream stream = RandomStream.named(seed, name);
                firstBits.add(stream.bits(0));
                firstBits.add(stream.child(0).bits(0));
                firstBits.add(stream.child(1).bits(0));
            }
        }
        assertThat(firstBits).hasSize(90);
    }

    @Test
    void rangesOutsideTheArrayAreRefused() {
        assertThatThrownBy(() -> STREAM.fillUniform(new float[4], 2, 3, 0, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> STREAM.fillNormal(new float[4], -1, 3, 0, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
