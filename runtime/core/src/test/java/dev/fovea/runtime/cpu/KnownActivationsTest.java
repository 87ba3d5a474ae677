package dev.fovea.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Elu;
import dev.fovea.ops.Gelu;
import dev.fovea.ops.HardSigmoid;
import dev.fovea.ops.HardSwish;
import dev.fovea.ops.LayerScale;
import dev.fovea.ops.LeakyRelu;
import dev.fovea.ops.Op;
import dev.fovea.ops.Prelu;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Relu6;
import dev.fovea.ops.ScaledTanh;
import dev.fovea.ops.Selu;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Silu;
import dev.fovea.ops.Softplus;
import dev.fovea.ops.StopGradient;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What PyTorch gives, or what can be worked out on paper; above all at kinks, where every slope in between would be one. */
class KnownActivationsTest {
    private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

    private static void check(Op op, float[] x, float[] y, float[] slope) {
        float[] ones = new float[x.length];
        Arrays.fill(ones, 1);
        try (BoundOperator bound = new BoundOperator(op, Shape.of(x.length), 1)) {
            assertThat(bound.forward(true, x)).as("%s", op).containsExactly(y, CLOSE);
            assertThat(bound.backward(ones)).as("slope of %s", op).containsExactly(slope, CLOSE);
        }
    }

    private static float[] of(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    @Test
    void straightLinesAndTheirKinks() {
        check(new Relu(), of(-1, 0, 2), of(0, 0, 2), of(0, 0, 1));
        check(new LeakyRelu(.25f), of(-4, 0, 2), of(-1, 0, 2), of(.25, .25, 1));
        check(new Relu6(), of(-1, 0, 2, 6, 7), of(0, 0, 2, 6, 6), of(0, 0, 1, 0, 0));
        check(new HardSigmoid(), of(-4, -3, 0, 1.5, 3, 4), of(0, 0, .5, .75, 1, 1), of(0, 0, 1 / 6., 1 / 6., 0, 0));
        check(
                new HardSwish(),
                of(-4, -3, -1.5, 0, 1.5, 3, 4),
                of(0, 0, -.375, 0, 1.125, 3, 4),
                of(0, 0, 0, .5, 1, 1, 1));
    }

    @Test
    void curves() {
        check(new Silu(), of(-1, 0, 1), of(-.26894142, 0, .73105858), of(.07232949, .5, .92767051));
        check(new Gelu(), of(-1, 0, 1), of(-.15865525, 0, .84134475), of(-.08331547, .5, 1.08331547));
        check(new Elu(2), of(-1, 0, 1), of(-1.26424112, 0, 1), of(.73575888, 2, 1));
        check(new Elu(0), of(-1, 0, 1), of(0, 0, 1), of(0, 0, 1));
        check(new Selu(), of(-1, 0, 1), of(-1.11133074, 0, 1.05070099), of(.64676859, 1.75809932, 1.05070099));
        check(
                new Softplus(),
                of(-30, 0, 1, 30),
                of(9.3576e-14, .69314718, 1.31326169, 30),
                of(9.3576e-14, .5, .73105858, 1));
    }

    /** LeCun et al. 1998, appendix A: f(±1) = ±1, and the curve is steepest, 1.7159·2/3, at 0. */
    @Test
    void scaledTanhPassesThroughOne() {
        try (BoundOperator bound = new BoundOperator(new ScaledTanh(), Shape.of(3), 1)) {
            float[] y = bound.forward(true, -1, 0, 1);
            assertThat(y[2]).isEqualTo(1, Offset.offset(1e-4f));
            assertThat(y[0]).isEqualTo(-y[2]);
            assertThat(bound.backward(0, 1, 0)[1]).isEqualTo(1.1439333f, CLOSE);
        }
    }

    /** A fresh one has slope 0.25; the gradient of the slope at 0 is 0, that of the input there the slope. */
    @Test
    void prelu() {
        try (BoundOperator shared = new BoundOperator(new Prelu(false), Shape.of(2, 1, 2), 1)) {
            assertThat(shared.forward(true, -4, 0, 3, -2)).containsExactly(-1, 0, 3, -.5f);
            assertThat(shared.backward(1, 2, 3, 4)).containsExactly(.25f, .5f, 3, 1);
            assertThat(shared.parameterGradient(0, 1)).containsExactly(-4 - 8);
        }
        try (BoundOperator own = new BoundOperator(new Prelu(true), Shape.of(2, 1, 2), 2)) {
            own.forward(true, -4, 0, 3, -2, -1, -1, -5, 6);
            own.backward(1, 2, 3, 4, 5, 6, 7, 8);
            assertThat(own.parameterGradient(0, 2)).containsExactly(-4 - 5 - 6, -8 - 35);
        }
    }

    @Test
    void layerScaleBeginsSmall() {
        try (BoundOperator scale = new BoundOperator(new LayerScale(1e-6f), Shape.of(2, 1, 2), 1)) {
            assertThat(scale.forward(true, 1, 2, 3, 4))
                    .containsExactly(new float[] {1e-6f, 2e-6f, 3e-6f, 4e-6f}, Offset.offset(1e-12f));
            scale.backward(1, 1, 2, 2);
            assertThat(scale.parameterGradient(0, 2)).containsExactly(3, 14);
        }
    }

    @Test
    void stopGradientHandsTheValueOnAndNoGradientBack() {
        check(new StopGradient(), of(-1, 0, 3), of(-1, 0, 3), of(0, 0, 0));
    }
}
