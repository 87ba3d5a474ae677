package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Kernels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever is opened is closed, and once. */
@RequiresOpenCl
class HandlesTest {
    private static final int ROUNDS = 60;

    @Test
    void noneIsLeftAfterManyRounds() {
        Conv conv = new Conv(
                5,
                Pair.square(3),
                Pair.square(1),
                Padding.NONE,
                Pair.square(1),
                1,
                true,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(List.of(0), List.of(1), List.of(0, 1), List.of(1), List.of(0)),
                Rounding.FLOOR);
        for (int round = 0; round < ROUNDS; round++) {
            try (Kernels kernels = TestDevice.open();
                    BoundOp one = new BoundOp(kernels, conv, Optional.of(new Relu()), Shape.of(2, 9, 8), 4, 1);
                    BoundOp two = new BoundOp(
                            kernels, new BatchNorm(1e-5f, 0.1f, true), Optional.empty(), Shape.of(3, 4, 5), 4, 2)) {
                one.step();
                two.step();
                assertThat(ClHandle.open()).containsKeys("ClContext", "ClQueue", "ClBuffer", "ClProgram", "ClKernel");
            }
            assertThat(ClHandle.open()).as("round %d", round).isEmpty();
        }
    }

    @Test
    void aModelThatDoesNotFitLeavesTheDeviceUsable() {
        try (Kernels kernels = TestDevice.open()) {
            long tooMuch = TestDevice.first().memory();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> kernels.allocate("activations", tooMuch))
                        .isInstanceOf(DeviceException.class);
            }
            try (BoundOp bound = new BoundOp(kernels, new Relu(), Optional.empty(), Shape.of(7), 3, 1)) {
                assertThat(bound.step()).isNotEmpty();
            }
        }
        assertThat(ClHandle.open()).isEmpty();
    }

    @Test
    void closingTwiceIsClosingOnce() {
        Kernels kernels = TestDevice.open();
        kernels.close();
        kernels.close();
        assertThat(ClHandle.open()).isEmpty();
    }
}
