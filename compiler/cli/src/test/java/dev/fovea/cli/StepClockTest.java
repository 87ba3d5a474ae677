package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map.Entry;
import org.junit.jupiter.api.Test;

class StepClockTest {
    private static final StepWork FIRST = new StepWork(List.of("conv1", "relu"), "conv", "forward", "winograd", "[2]");
    private static final StepWork SECOND = new StepWork(List.of("conv2"), "conv", "forward", "winograd", "[3]");

    private long now;
    private final StepClock clock = new StepClock(() -> now);
    private int step;

    /** Takes 3 and 1 ms, and 1 ms besides; every other step is interrupted. */
    private void step() {
        work(FIRST, step % 2 == 0 ? 3 : 70);
        work(SECOND, 1);
        now += 1_000_000;
        step++;
    }

    private void work(StepWork work, int milliseconds) {
        long begin = clock.now();
        now += milliseconds * 1_000_000L;
        clock.did(work, begin, 3e6, 1e6, 2e6);
    }

    @Test
    void theQuickerHalfCounts() {
        clock.run(4, this::step);
        StepProfile profile = clock.profile();
        assertThat(profile.steps()).isEqualTo(4);
        assertThat(profile.seconds()).isCloseTo(5e-3, within(1e-12));
        assertThat(profile.between()).isCloseTo(1e-3, within(1e-12));
        assertThat(profile.longest()).extracting(Entry::getKey).containsExactly(FIRST, SECOND);
        StepCost first = profile.longest().get(0).getValue();
        assertThat(first.runs()).isEqualTo(1);
        assertThat(first.gigaflops()).isCloseTo(1, within(1e-9));
        assertThat(first.gigabytes()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(profile.share(first.seconds())).isCloseTo(0.6, within(1e-9));
    }

    @Test
    void kernelsOfAKindAreAddedUp() {
        clock.run(4, this::step);
        List<Entry<String, StepCost>> families = clock.profile().families();
        assertThat(families).extracting(Entry::getKey).containsExactly("conv forward, winograd");
        StepCost both = families.get(0).getValue();
        assertThat(both.runs()).isEqualTo(2);
        assertThat(both.seconds()).isCloseTo(4e-3, within(1e-12));
        assertThat(both.flops()).isEqualTo(6e6);
        assertThat(both.least()).isEqualTo(2e6);
        assertThat(both.bytes()).isEqualTo(4e6);
    }

    @Test
    void whatWasBeforeIsForgotten() {
        clock.run(4, this::step);
        clock.run(1, () -> work(SECOND, 2));
        assertThat(clock.profile().works().keySet()).containsExactly(SECOND);
        assertThat(clock.profile().between()).isZero();
    }

    @Test
    void aTitleNamesAScopeOnce() {
        List<String> layers = List.of("layer1.0.conv2", "layer1.0.bn2", "layer1.0.add1", "relu");
        StepWork folded = new StepWork(layers, "conv", "forward", "", "[2]");
        assertThat(folded.title()).isEqualTo("layer1.0.conv2 + bn2 + add1 + relu");
        assertThat(folded.kernel()).isEqualTo("conv forward");
        assertThat(StepWork.ofParameters("scaling", "").kernel()).isEqualTo("scaling");
    }
}
