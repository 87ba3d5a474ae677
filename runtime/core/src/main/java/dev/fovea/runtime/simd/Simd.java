package dev.fovea.runtime.simd;

import java.util.Optional;

/**
 * Primitives over ranges of {@code float[]}. A range is an array, where it begins and, common to all ranges of a call,
 * how long it is; a length of 0 does nothing. Ranges of one call either are the same or do not overlap. The order of the
 * additions in a sum depends on the length alone, so results are the same from call to call.
 */
public interface Simd {
    /** Floats in one register; 1 for plain loops. */
    int lanes();

    /** One phrase for people: {@code SIMD, 16 lanes}. */
    String description();

    /** The inner loops of matrix products. */
    MatrixSimd matrix();

    /** The transforms of 3×3 convolutions by fewer multiplications. */
    WinogradSimd winograd();

    /** Functions of elements. */
    SimdFunctions functions();

    /** Pooling. */
    SimdWindows windows();

    /** Windows with weights over planes, a channel at a time. */
    SimdPlanes planes();

    /** Rows of images summed with weights, some channels at a time. */
    SimdRows rows();

    /** Steps of optimizers with much state; those with less are here. */
    SimdUpdates updates();

    /** Loops over tensors in channel blocks; none where tensors had better lie in planes. */
    default Optional<BlockSimd> blocks() {
        return Optional.empty();
    }

    /** Products of planes with registers full of channels; none where registers are too short or too few for it. */
    default Optional<ChannelSimd> channels() {
        return Optional.empty();
    }

    /** Products of long weights with few samples; none where registers do not hold several. */
    default Optional<StreamSimd> streams() {
        return Optional.empty();
    }

    /** {@code y = a·y}. */
    void scale(float a, float[] y, int yAt, int length);

    /** {@code y = y + x}. */
    void add(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code z = x + y}. */
    void add(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length);

    /** {@code y = y + a·x}. */
    void addScaled(float a, float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code y = a·x + b}. */
    void affine(float a, float b, float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code z = x·y}, element by element. */
    void multiply(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length);

    /** {@code z = z + x·y}, element by element. */
    void addProduct(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length);

    /** {@code y = max(y, x)}, element by element; a NaN in either gives a NaN. */
    void max(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code y = max(x, 0)}; a NaN stays a NaN. */
    void relu(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code z = max(x + y, 0)}; a NaN stays a NaN. */
    void addRelu(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length);

    /**
     * {@code y[i] = x[2·i]}: what a stride of 2 leaves.
     *
     * @param room how many elements of y may be written, at least {@code length}; those behind {@code length} get any value
     */
    void everySecond(float[] x, int xAt, float[] y, int yAt, int length, int room);

    /** {@code dy = 0} where {@code y ≤ 0}: the gradient before a rectifier from the one behind it, in place. */
    void reluMask(float[] y, int yAt, float[] dy, int dyAt, int length);

    /** {@code Σ x}, in as many partial sums as {@link #lanes} and some more. */
    float sum(float[] x, int xAt, int length);

    /** {@code Σ (x − centre)²}. */
    float sumOfSquares(float centre, float[] x, int xAt, int length);

    /** {@code Σ x·y}. */
    float dot(float[] x, int xAt, float[] y, int yAt, int length);

    /** The largest element; negative infinity when there is none, NaN when one is a NaN. */
    float largest(float[] x, int xAt, int length);

    /** Gradient descent without momentum: {@code w = w − rate·(g + decay·w)}. */
    void descend(float rate, float decay, float[] g, int gAt, float[] w, int wAt, int length);

    /**
     * Gradient descent with momentum: {@code d = g + decay·w; v = momentum·v + d}; {@code w = w − rate·v}, or with
     * Nesterov's {@code w = w − rate·(d + momentum·v)}.
     */
    void descend(
            float rate,
            float decay,
            float momentum,
            boolean nesterov,
            float[] g,
            int gAt,
            float[] v,
            int vAt,
            float[] w,
            int wAt,
            int length);

    /**
     * Adam's step: {@code d = g + decay·w; m = beta1·m + (1 − beta1)·d; v = beta2·v + (1 − beta2)·d²}; {@code w = w −
     * rate·m/(√v·scale + eps)}.
     *
     * @param rate with the mean's bias corrected: η/(1 − beta1^t)
     * @param scale that corrects the deviation's bias: 1/√(1 − beta2^t)
     */
    void adam(
            float rate,
            float scale,
            float decay,
            float beta1,
            float beta2,
            float eps,
            float[] g,
            int gAt,
            float[] m,
            int mAt,
            float[] v,
            int vAt,
            float[] w,
            int wAt,
            int length);
}
