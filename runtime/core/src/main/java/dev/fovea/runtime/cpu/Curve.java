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

    /** {@code y = x·g(x)}; the ranges must not be the same. */
    void value(Simd simd, float[] x, int xAt, float[] y, int yAt, int length);

    /**
     * {@code slope = g(x) + x·g′(x)}.
     *
     * @param rows where the slope goes to, from {@code slopeAt} on, and where a range as long is free, from {@code spareAt} on
     */
    void slope(Simd simd, float[] x, int xAt, float[] rows, int slopeAt, int spareAt, int length);

    /** g = Φ, the standard normal distribution. */
    final class GeluCurve implements Curve {
        @Override
        public void value(Simd simd, float[] x, int xAt, float[] y, int yAt, int length) {
            simd.functions().normalShare(x, xAt, y, yAt, length);
            simd.multiply(x, xAt, y, yAt, y, yAt, length);
        }

        @Override
        public void slope(Simd simd, float[] x, int xAt, float[] rows, int slopeAt, int spareAt, int length) {
            simd.functions().geluSlope(x, xAt, rows, slopeAt, length);
        }
    }

    /** g = min(max(x + 3, 0), 6)/6. */
    final class HardSwishCurve implements Curve {
        @Override
        public void value(Simd simd, float[] x, int xAt, float[] y, int yAt, int length) {
            simd.affine(1 / 6f, 0.5f, x, xAt, y, yAt, length);
            simd.functions().clamp(0, 1, y, yAt, y, yAt, length);
            simd.multiply(x, xAt, y, yAt, y, yAt, length);
        }

        @Override
        public void slope(Simd simd, float[] x, int xAt, float[] rows, int slopeAt, int spareAt, int length) {
            simd.affine(1 / 6f, 0.5f, x, xAt, rows, slopeAt, length);
            simd.functions().clamp(0, 1, rows, slopeAt, rows, slopeAt, length);
            simd.affine(1 / 6f, 0, x, xAt, rows, spareAt, length);
            simd.functions().clampGradient(0, 1, rows, slopeAt, rows, spareAt, length);
            simd.add(rows, spareAt, rows, slopeAt, length);
        }
    }

    /** g = σ. */
    final class SiluCurve implements Curve {
        @Override
        public void value(Simd simd, float[] x, int xAt, float[] y, int yAt, int length) {
            simd.functions().silu(x, xAt, y, yAt, length);
        }

        @Override
        public void slope(Simd simd, float[] x, int xAt, float[] rows, int slopeAt, int spareAt, int length) {
            simd.functions().siluSlope(x, xAt, rows, slopeAt, length);
        }
    }
}
