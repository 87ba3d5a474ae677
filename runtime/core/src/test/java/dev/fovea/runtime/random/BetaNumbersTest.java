package dev.fovea.runtime.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BetaNumbersTest {
    private static final int COUNT = 20_000;

    /** Mean 1/2, variance 1/(4·(2·alpha + 1)), fourth central moment 3/(16·(2·alpha + 1)·(2·alpha + 3)). */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.2, 0.9, 1, 2.5, 40})
    void momentsAreThoseOfTheDistribution(double alpha) {
        RandomStream stream = RandomStream.named(3, "beta");
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        for (int i = 0; i < COUNT; i++) {
            double number = BetaNumbers.symmetric(stream.child(i), alpha);
            assertThat(number).isBetween(0.0, 1.0);
            double off = number - 0.5;
            sum += number;
            squares += off * off;
            fourths += off * off * off * off;
        }
        double variance = 1 / (4 * (2 * alpha + 1));
        double fourth = 3 / (16 * (2 * alpha + 1) * (2 * alpha + 3));
        assertThat(sum / COUNT).isCloseTo(0.5, within(5 * Math.sqrt(variance / COUNT)));
        double spread = Math.sqrt(Math.max(fourth - variance * variance, 1e-12) / COUNT);
        assertThat(squares / COUNT).isCloseTo(variance, within(5 * spread + 1e-4 * variance));
        assertThat(fourths / COUNT).isCloseTo(fourth, within(0.1 * fourth));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void alphaIsPositive(double alpha) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BetaNumbers.symmetric(RandomStream.named(3, "beta"), alpha))
                .withMessageContaining("must be positive");
    }
}
