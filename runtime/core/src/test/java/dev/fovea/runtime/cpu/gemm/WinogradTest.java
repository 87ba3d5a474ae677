package dev.fovea.runtime.cpu.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.ConvolutionWay;
import org.junit.jupiter.api.Test;

/** When Winograd's filtering is chosen for a 3×3 convolution that only infers. */
class WinogradTest {
    private static final int CHANNELS = 256;

    /** One image of 14×14 has 16 patches: a whole panel of 8 lanes, half of one of 16. */
    @Test
    void panelsThatAreHalfEmptyDoNotPay() {
        assertThat(chosen(ConvolutionWay.BY_SHAPE, 14, 1, 8)).isTrue();
        assertThat(chosen(ConvolutionWay.BY_SHAPE, 14, 1, 16)).isFalse();
        assertThat(chosen(ConvolutionWay.BY_SHAPE, 14, 2, 16)).isTrue();
        assertThat(chosen(ConvolutionWay.BY_SHAPE, 28, 1, 16)).isTrue();
    }

    @Test
    void whatIsAskedForGoesBeforeWhatPays() {
        assertThat(chosen(ConvolutionWay.WINOGRAD, 14, 1, 16)).isTrue();
        assertThat(chosen(ConvolutionWay.GATHERED, 28, 8, 16)).isFalse();
    }

    private static boolean chosen(ConvolutionWay way, int extent, int batch, int lanes) {
        Window.Axis axis = new Window.Axis(extent, 3, 1, 1, 1, 1, extent);
        Shape shape = Shape.of(CHANNELS, extent, extent);
        return Winograd.forwardKept(way, new Window(axis, axis), 1, shape, shape, batch, lanes);
    }
}
