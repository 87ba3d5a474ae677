// The activations that can be fused behind another operator: element by element, their gradient known from the output. Which
// one it is, is an argument, see FusedActivation. Another is the slope: leaky_relu's below zero, or elu's alpha, which is the
// slope elu arrives at zero with.

// lambda and lambda·alpha of selu; the amplitude and the inner factor of scaled_tanh.
#define SELU_SCALE 1.050701f
#define SELU_SLOPE 1.7580993f
#define TANH_AMPLITUDE 1.7159f
#define TANH_FACTOR (2.0f / 3.0f)

// By exp(2x) − 1, which keeps what tanh lacks of 1 to the last bit: that is all the gradient has to go by.
float accurate_tanh(float x) {
    const float size = fabs(x);
    if (size > 15.0f) {
        return copysign(1.0f, x);
    }
    const float power = expm1(2.0f * size);
    return copysign(power / (power + 2.0f), x);
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
            return x <= 0.0f ? slope * expm1(x) : x;
        case 8: // selu
            return x <= 0.0f ? SELU_SLOPE * expm1(x) : SELU_SCALE * x;
        case 9: // scaled_tanh
            return TANH_AMPLITUDE * accurate_tanh(TANH_FACTOR * x);
        case 10: // softplus
            return x > 20.0f ? x : log1p(exp(x));
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
            return dy * -expm1(-y);
        default:
            return dy;
    }
}
