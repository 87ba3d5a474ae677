// The activations that can be fused behind another operator: element by element, their gradient known from the output. Which
// one it is, is an argument: 0 none, 1 relu, 2 leaky_relu, 3 sigmoid, 4 tanh. The slope is of leaky_relu's negative half.

// By exp(2x) − 1, which keeps what tanh lacks of 1 to the last bit: that is all the gradient has to go by.
float accurate_tanh(float x) {
    const float size = fabs(x);
    if (size > 15.0f) {
        return copysign(1.0f, x);
    }
    const float power = expm1(2.0f * size);
    return copysign(power / (power + 2.0f), x);
}

// The comparisons are such that a NaN stays one.
float activate(float x, int activation, float slope) {
    switch (activation) {
        case 1:
            return x <= 0.0f ? 0.0f : x;
        case 2:
            return x <= 0.0f ? slope * x : x;
        case 3:
            return 1.0f / (1.0f + exp(-x));
        case 4:
            return accurate_tanh(x);
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
        default:
            return dy;
    }
}
