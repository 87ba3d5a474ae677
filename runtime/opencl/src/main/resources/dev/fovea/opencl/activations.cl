// The activations that can be fused behind another operator: element by element, their gradient known from the output. Which
// one it is, is an argument, see FusedActivation; or a define, where nothing else keeps a compiler from making vectors of
// items. Another is the slope: leaky_relu's below zero, or elu's alpha, which is the slope elu arrives at zero with.
#include "logarithms.cl"

// lambda and lambda·alpha of selu; the amplitude and the inner factor of scaled_tanh.
#define SELU_SCALE 1.050701f
#define SELU_SLOPE 1.7580993f
#define TANH_AMPLITUDE 1.7159f
#define TANH_FACTOR (2.0f / 3.0f)

// Where tanh is as good as a polynomial, which keeps the digits of what is small (Cephes, tanhf).
#define TANH_NEAR_ZERO 0.625f

float tanh_near_zero(float x) {
    const float square = x * x;
    float sum = square * -0.0057049864f + 0.020639086f;
    sum = square * sum - 0.053739715f;
    sum = square * sum + 0.13331442f;
    sum = square * sum - 0.3333328f;
    return x + x * square * sum;
}

// Near 0 and beyond are both worked out: vectors of items can do without a branch, but not without one of the two. expm1 and tanh are
// calls, one element at a time.
float accurate_tanh(float x) {
    const float size = fabs(x);
    const float near_zero = tanh_near_zero(x);
    const float beyond = copysign(1.0f - 2.0f / (exp(2.0f * size) + 1.0f), x);
    return size <= TANH_NEAR_ZERO ? near_zero : beyond;
}

// e^x - 1 of what is not positive: near 0 as tanh(x/2)·(e^x + 1), without cancellation.
float exponential_less_one(float x) {
    const float power = exp(x);
    const float near_zero = tanh_near_zero(0.5f * x) * (power + 1.0f);
    return x >= -2.0f * TANH_NEAR_ZERO ? near_zero : power - 1.0f;
}

// x, but not below 0 nor above 6.
float clamp6(float x) {
    return x <= 0.0f ? 0.0f : x >= 6.0f ? 6.0f : x;
}

// The comparisons are such that a NaN stays one.
float activate(float x, int activation, float slope) {
    switch (activation) {
        case 1: // relu
            return x <= 0.0f ? 0.0f : x;
        case 2: // leaky_relu
            return x <= 0.0f ? slope * x : x;
        case 3: // sigmoid
            return 1.0f / (1.0f + exp(-x));
        case 4: // tanh
            return accurate_tanh(x);
        case 5: // relu6
            return clamp6(x);
        case 6: // hardsigmoid
            return clamp6(x + 3.0f) / 6.0f;
        case 7: // elu
            return x <= 0.0f ? slope * exponential_less_one(x) : x;
        case 8: // selu
            return x <= 0.0f ? SELU_SLOPE * exponential_less_one(x) : SELU_SCALE * x;
        case 9: // scaled_tanh
            return TANH_AMPLITUDE * accurate_tanh(TANH_FACTOR * x);
        case 10: // softplus
            return x > 20.0f ? x : log_of_one_more(exp(x));
        default:
            return x;
    }
}

// The gradient of the input from that of the output, dy, and the output y.
float activation_gradient(float dy, float y, int activation, float slope) {
    switch (activation) {
        case 1:
            return y <= 0.0f ? 0.0f : dy;
        case 2:
            return y <= 0.0f ? slope * dy : dy;
        case 3:
            return dy * y * (1.0f - y);
        case 4:
            return dy * (1.0f - y * y);
        case 5:
            return y <= 0.0f || y >= 6.0f ? 0.0f : dy;
        case 6:
            return y <= 0.0f || y >= 1.0f ? 0.0f : dy / 6.0f;
        case 7:
            return y <= 0.0f ? dy * (y + slope) : dy;
        case 8:
            return dy * (y <= 0.0f ? y + SELU_SLOPE : SELU_SCALE);
        case 9:
            return dy * (TANH_AMPLITUDE * TANH_AMPLITUDE - y * y) * (TANH_FACTOR / TANH_AMPLITUDE);
        case 10:
            return dy * -exponential_less_one(-y);
        default:
            return dy;
    }
}
