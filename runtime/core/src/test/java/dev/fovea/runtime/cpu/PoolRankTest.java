package dev.fovea.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** All pairs of numbers that are near each other, far apart, or none, against the definition. */
class PoolRankTest {
    private static final float[] NUMBERS = {
        Float.NEGATIVE_INFINITY,
        -Float.MAX_VALUE,
        -2,
        -1,
        Math.nextUp(-1f),
        -Float.MIN_VALUE,
        -0f,
        0f,
        Float.MIN_VALUE,
        Math.nextDown(1f),
        1,
        2,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NaN,
        Float.intBitsToFloat(0xFFC00001) // a NaN with its sign set
    };

    @Test
    void theLargestIsThatOfTheLargestAndOfEqualOnesTheFirst() {
        for (float first : NUMBERS) {
            for (float second : NUMBERS) {
                for (int place : new int[] {0, 7, Integer.MAX_VALUE - 1}) {
                    long one = PoolRank.of(first, place);
                    long other = PoolRank.of(second, place + 1);
                    boolean secondWins = second > first || (Float.isNaN(second) && !Float.isNaN(first));
                    assertThat(PoolRank.place(Math.max(one, other)))
                            .as("of %s and %s, from %d on", first, second, place)
                            .isEqualTo(secondWins ? place + 1 : place);
                }
            }
        }
    }
}
