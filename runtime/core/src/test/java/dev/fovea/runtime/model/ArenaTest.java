package dev.fovea.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.ScalarSimd;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArenaTest {
    private static final int BATCH = 5;
    /** Two tensors of 6 and 20 floats a sample, and one that begins at the third float of the second. */
    private static final Slot FIRST = Slot.dense(0, 6);

    private static final Slot SECOND = Slot.dense(6, 20);
    private static final Slot PIECE = new Slot(6, 2, 20);

    private static Arena arena(boolean together, int batch) {
        try (CpuKernels kernels = new CpuKernels(1, new ScalarSimd())) {
            return Arena.allocate(together, 26, batch, kernels::allocateInPieces);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noTwoTensorsOfAnySamplesMeet(boolean together) {
        Arena arena = arena(together, BATCH);
        Set<Long> taken = new HashSet<>();
        for (Slot slot : List.of(FIRST, SECOND)) {
            Region region = arena.region(slot);
            for (int sample = 0; sample < BATCH; sample++) {
                for (int i = 0; i < slot.stride(); i++) {
                    long at = region.at(sample) + i;
                    assertThat(at).isBetween(0L, region.memory().length() - 1);
                    assertThat(taken.add(at)).as("%s, sample %d", slot, sample).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPieceLiesInItsWhole(boolean together) {
        Arena arena = arena(together, BATCH);
        for (int sample = 0; sample < BATCH; sample++) {
            assertThat(arena.region(PIECE).at(sample))
                    .isEqualTo(arena.region(SECOND).at(sample) + 2);
        }
    }

    @Test
    void samplesLieTogetherOrTensorsDo() {
        Arena tensors = arena(false, BATCH);
        assertThat(tensors.region(FIRST).stride()).isEqualTo(6);
        assertThat(tensors.region(SECOND).at(0)).isEqualTo(6 * BATCH);
        Arena samples = arena(true, BATCH);
        assertThat(samples.region(FIRST).stride())
                .isEqualTo(samples.region(SECOND).stride())
                .isEqualTo(26);
        assertThat(samples.region(SECOND).at(0)).isEqualTo(6);
    }
}
