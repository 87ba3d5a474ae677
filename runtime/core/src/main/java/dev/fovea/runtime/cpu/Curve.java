package dev.fovea.runtime.cpu;

import static java.util.Map.entry;

import dev.fovea.ops.Gelu;
import dev.fovea.ops.HardSwish;
import dev.fovea.ops.Op;
import dev.fovea.ops.Silu;
import dev.fovea.runtime.simd.Simd;
import java.util.Map;

/**
 * An element-wise operator whose slope has to be worked out from its input: the input cannot be told from the output. All of
 * them are {@code x·g(x)}.
 */
interface Curve {
    /** By operator. */
    Map<Class<? extends Op>, Curve> TABLE = Map.ofEntries( //
            entry(Gelu.class, new GeluCurve()),
            entry(HardSwish.class, new HardSwishCurve()),
            entry(Silu.class, new SiluCurve()));

    /** The curve of an operator. */
    static Curve of(Op op) {
        Curve curve = TABLE.get(op.getClass());
        if (curve == null) {
            throw new IllegalStateException("`" + op.name() + "` has no curve: it is not in the table");
        }
        return curve;
    }

    /** {@code gate = g(x)}, to {@code gate[0 … length)}. */
    void gate(Simd simd, float[] x, int xAt, float[] gate, int length);

    /**
     * {@code slope = x·g′(x)}, to {@code slope[slopeAt … )}.
     *
     * @param gate what {@link #gate} gave
     */
    void bend(Simd simd, float[] x, int xAt, float[] gate, float[] slope, int slopeAt, int length);

    /** g = Φ, the standard normal distribution. */
    final class GeluCurve implements Curve {
        /** 1/√(2π). */
        private static final float PEAK = 0.3989423f;

        @Override
        public void gate(Simd simd, float[] x, int xAt, float[] gate, int length) {
            simd.functions().normalShare(x, xAt, gate, 0, length);
        }

        @Override
        public void bend(Simd simd, float[] x, int xAt, float[] gate, float[] slope, int slopeAt, int length) {
            simd.multiply(x, xAt, x, xAt, slope, slopeAt, length);
            simd.scale(-0.5f, slope, slopeAt, length);
            simd.functions().exp(0, slope, slopeAt, slope, slopeAt, length);
            simd.multiply(x, xAt, slope, slopeAt, slope, slopeAt, length);
            simd.scale(PEAK, slope, slopeAt, length);
        }
    }

    /** g = min(max(x + 3, 0), 6)/6. */
    final class HardSwishCurve implements Curve {
        @Override
        public void gate(Simd simd, float[] x, int xAt, float[] gate, int length) {
            simd.affine(1 / 6f, 0.5f, x, xAt, gate, 0, length);
            simd.functions().clamp(0, 1, gate, 0, gate, 0, length);
        }

        @Override
        public void bend(Simd simd, float[] x, int xAt, float[] gate, float[] slope, int slopeAt, int length) {
            simd.affine(1 / 6f, 0, x, xAt, slope, slopeAt, length);
            simd.functions().clampGradient(0, 1, gate, 0, slope, slopeAt, length);
        }
    }

    /** g = σ. */
    final class SiluCurve implements Curve {
        @Override
        public void gate(Simd simd, float[] x, int xAt, float[] gate, int length) {
            simd.functions().sigmoid(x, xAt, gate, 0, length);
        }

        @Override
        public void bend(Simd simd, float[] x, int xAt, float[] gate, float[] slope, int slopeAt, int length) {
            System.arraycopy(x, xAt, slope, slopeAt, length);
            simd.functions().sigmoidGradient(gate, 0, slope, slopeAt, length);
        }
    }
}
