package dev.fovea.runtime.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DropoutMaskTest {
    private static final long STREAM = DropoutMask.stream(3, 17);

    private static float[] draw(float p, int sample, int size, int from, int length) {
        float[] out = new float[length];
        new DropoutMask(p).factors(42, STREAM, sample, size, from, length, out, new int[DropoutMask.WORDS]);
        return out;
    }

    @Test
    void aRangeIsAPartOfTheWhole() {
        float[] all = draw(.5f, 2, 31, 0, 31);
        for (int from = 0; from < 31; from++) {
            for (int to = from; to <= 31; to++) {
                assertThat(draw(.5f, 2, 31, from, to - from)).isEqualTo(Arrays.copyOfRange(all, from, to));
            }
        }
    }

    @Test
    void elementsAreWordsOfPhiloxBlocks() {
        int[] words = new int[4];
        Philox.block(42, STREAM, 2 * 8 + 3, words); // sample 2 of 31 elements: 8 blocks a sample
        float[] drawn = draw(.25f, 2, 31, 12, 4);
        for (int i = 0; i < 4; i++) {
            boolean kept = Integer.compareUnsigned(words[i], 0x4000_0000) >= 0;
            assertThat(drawn[i]).isEqualTo(kept ? 1 / .75f : 0);
        }
    }

    @Test
    void theShareDroppedIsP() {
        for (float p : new float[] {0, .1f, .5f, .9f}) {
            float[] drawn = draw(p, 0, 100_000, 0, 100_000);
            int dropped = 0;
            for (float factor : drawn) {
                assertThat(factor).isIn(0f, 1 / (1 - p));
                dropped += factor == 0 ? 1 : 0;
            }
            assertThat(dropped / 1e5).isCloseTo(p, Offset.offset(5 * Math.sqrt(p * (1 - p) / 1e5)));
        }
    }

    @Test
    void samplesStepsAndOperatorsDiffer() {
        float[] one = draw(.5f, 0, 64, 0, 64);
        assertThat(draw(.5f, 1, 64, 0, 64)).isNotEqualTo(one);
        assertThat(DropoutMask.stream(3, 18)).isNotEqualTo(STREAM);
        assertThat(DropoutMask.stream(4, 17)).isNotEqualTo(STREAM);
    }
}
