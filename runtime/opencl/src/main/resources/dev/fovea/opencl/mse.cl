// The mean squared difference of two tensors.
//! SIZE         elements of a sample
#include "reduction.cl"

// One group a sample.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void mse_forward(const __global float *prediction,
        long predictionOffset, long predictionStride, const __global float *target, long targetOffset, long targetStride,
        __global float *y, long yOffset, long yStride) {
    __local float partial[ITEMS];
    const int item = get_local_id(0);
    const int sample = get_group_id(0);
    const __global float *a = prediction + predictionOffset + sample * predictionStride;
    const __global float *b = target + targetOffset + sample * targetStride;
    float sum = 0.0f;
    for (int i = item; i < SIZE; i += ITEMS) {
        const float difference = a[i] - b[i];
        sum += difference * difference;
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        y[yOffset + sample * yStride] = sum / SIZE;
    }
}

// The gradient of the first of the two; that of the second is the same with the two exchanged.
__kernel void mse_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *a, long aOffset,
        long aStride, const __global float *b, long bOffset, long bStride, __global float *da, long daOffset,
        long daStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < SIZE) {
        const float difference = a[aOffset + sample * aStride + i] - b[bOffset + sample * bStride + i];
        const float gradient = 2.0f * difference * dy[dyOffset + sample * dyStride] / SIZE;
        __global float *target = da + daOffset + sample * daStride + i;
        *target = accumulate ? *target + gradient : gradient;
    }
}
