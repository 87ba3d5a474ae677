// Activations x·g(x) whose slope has to be worked out from the input: element by element, one item an element of a sample along
// axis 0, one sample along axis 1. Which one it is, is an argument: 1 gelu, 2 hardswish, 3 silu.

#define ROOT_HALF 0.70710678f
// 1/√(2π).
#define NORMAL_PEAK 0.3989423f

// g(x). The complement of the error function keeps the digits of a small share of the normal distribution.
float gate(float x, int curve) {
    switch (curve) {
        case 1:
            return 0.5f * erfc(-ROOT_HALF * x);
        case 2:
            return x <= -3.0f ? 0.0f : x >= 3.0f ? 1.0f : x / 6.0f + 0.5f;
        default:
            return 1.0f / (1.0f + exp(-x));
    }
}

// x·g′(x), given the gate g(x).
float bend(float x, float gate, int curve) {
    switch (curve) {
        case 1:
            return x * NORMAL_PEAK * exp(-0.5f * x * x);
        case 2:
            return x <= -3.0f || x >= 3.0f ? 0.0f : x / 6.0f;
        default:
            return x * gate * (1.0f - gate);
    }
}

__kernel void curve_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, int elements, int curve) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float in = x[xOffset + sample * xStride + i];
        y[yOffset + sample * yStride + i] = in * gate(in, curve);
    }
}

__kernel void curve_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *x, long xOffset,
        long xStride, __global float *dx, long dxOffset, long dxStride, int elements, int curve, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float in = x[xOffset + sample * xStride + i];
        const float share = gate(in, curve);
        const float gradient = dy[dyOffset + sample * dyStride + i] * (share + bend(in, share, curve));
        __global float *target = dx + dxOffset + sample * dxStride + i;
        *target = accumulate ? *target + gradient : gradient;
    }
}
