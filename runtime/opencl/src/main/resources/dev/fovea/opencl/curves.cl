// Activations x·g(x) whose slope has to be worked out from the input: element by element, one item an element of a sample along
// axis 0, one sample along axis 1.
//! CURVE       which one it is: 1 gelu, 2 hardswish, 3 silu

// 1/√8.
#define NORMAL_STEP 0.35355338f
// 1/√(2π).
#define NORMAL_PEAK 0.3989423f

// Φ(x), the standard normal distribution, as on the CPU: its smaller side is exp(−x²/2) times a polynomial of 1/(1 + |x|/√8), fitted to
// float32, which keeps the digits of a small share. erfc is a call, and several times as slow.
float normal_share(float x) {
    const float t = 1.0f / (1.0f + fabs(x) * NORMAL_STEP);
    float sum = t * -0.029465698f + 0.14195059f;
    sum = t * sum - 0.24289933f;
    sum = t * sum + 0.13822806f;
    sum = t * sum - 0.012754773f;
    sum = t * sum + 0.10110577f;
    sum = t * sum + 0.1216124f;
    sum = t * sum + 0.14117926f;
    sum = t * sum + 0.1410437f;
    const float tail = exp(-0.5f * x * x) * (t * sum);
    return x > 0.0f ? 1.0f - tail : tail;
}

// g(x).
float gate(float x) {
    switch (CURVE) {
        case 1:
            return normal_share(x);
        case 2:
            return x <= -3.0f ? 0.0f : x >= 3.0f ? 1.0f : x / 6.0f + 0.5f;
        default:
            return 1.0f / (1.0f + exp(-x));
    }
}

// x·g′(x), given the gate g(x).
float bend(float x, float gate) {
    switch (CURVE) {
        case 1:
            return x * NORMAL_PEAK * exp(-0.5f * x * x);
        case 2:
            return x <= -3.0f || x >= 3.0f ? 0.0f : x / 6.0f;
        default:
            return x * gate * (1.0f - gate);
    }
}

__kernel void curve_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, int elements) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float in = x[xOffset + sample * xStride + i];
        y[yOffset + sample * yStride + i] = in * gate(in);
    }
}

__kernel void curve_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *x, long xOffset,
        long xStride, __global float *dx, long dxOffset, long dxStride, int elements, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float in = x[xOffset + sample * xStride + i];
        const float share = gate(in);
        const float gradient = dy[dyOffset + sample * dyStride + i] * (share + bend(in, share));
        __global float *target = dx + dxOffset + sample * dxStride + i;
        *target = accumulate ? *target + gradient : gradient;
    }
}
