// Softmax and its logarithm over the channels at each position.
//! CHANNELS    channels
//! AREA        positions
//! LOGARITHM   whether probabilities are given as logarithms
#include "softmax_rows.cl"

__kernel void softmax_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride) {
    __local float partial[ITEMS];
    const int position = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    const int sample = get_global_id(1);
    LEAVE_IF_OUTSIDE(position)
    const __global float *in = x + xOffset + sample * xStride + position;
    __global float *out = y + yOffset + sample * yStride + position;
    const float largest = largest_channel(in, item, partial);
    const float sum = exponential_sum(in, largest, item, partial);
    const float logarithm = log(sum);
    for (int c = item; c < CHANNELS; c += ITEMS) {
        const float shifted = in[c * AREA] - largest;
        out[c * AREA] = LOGARITHM ? shifted - logarithm : exp(shifted) / sum;
    }
}

// dx = y·(dy − Σ dy·y), or with logarithms dx = dy − exp(y)·Σ dy.
__kernel void softmax_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *y,
        long yOffset, long yStride, __global float *dx, long dxOffset, long dxStride, int accumulate) {
    __local float partial[ITEMS];
    const int position = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    const int sample = get_global_id(1);
    LEAVE_IF_OUTSIDE(position)
    const __global float *gradient = dy + dyOffset + sample * dyStride + position;
    const __global float *values = y + yOffset + sample * yStride + position;
    __global float *target = dx + dxOffset + sample * dxStride + position;
    float sum = 0.0f;
    for (int c = item; c < CHANNELS; c += ITEMS) {
        sum += LOGARITHM ? gradient[c * AREA] : gradient[c * AREA] * values[c * AREA];
    }
    sum = group_sum(partial, item, sum);
    for (int c = item; c < CHANNELS; c += ITEMS) {
        const float value = values[c * AREA];
        const float result =
                LOGARITHM ? gradient[c * AREA] - exp(value) * sum : value * (gradient[c * AREA] - sum);
        target[c * AREA] = accumulate ? target[c * AREA] + result : result;
    }
}
