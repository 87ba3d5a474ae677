// The divergence of the units' mean activations over the batch from the one aimed at: the same value for every sample.
//! SIZE        units of a sample
//! RHO         the mean activation aimed at
#include "reduction.cl"

// An item a unit.
__kernel void sparsity_means(const __global float *x, long xOffset, long xStride, __global float *means,
        long meansOffset, int batch) {
    const int unit = get_global_id(0);
    if (unit < SIZE) {
        float sum = 0.0f;
        for (int sample = 0; sample < batch; sample++) {
            sum += x[xOffset + sample * xStride + unit];
        }
        means[meansOffset + unit] = sum / batch;
    }
}

// A single group.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void sparsity_forward(const __global float *means,
        long meansOffset, __global float *y, long yOffset, long yStride, int batch) {
    __local float partial[ITEMS];
    const int item = get_local_id(0);
    float sum = 0.0f;
    for (int unit = item; unit < SIZE; unit += ITEMS) {
        const float mean = means[meansOffset + unit];
        sum += RHO * log(RHO / mean) + (1.0f - RHO) * (log(1.0f - RHO) - log1p(-mean));
    }
    sum = group_sum(partial, item, sum);
    for (int sample = item; sample < batch; sample += ITEMS) {
        y[yOffset + sample * yStride] = sum;
    }
}

__kernel void sparsity_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *means,
        long meansOffset, __global float *dx, long dxOffset, long dxStride, int accumulate, int batch) {
    const int unit = get_global_id(0);
    const int sample = get_global_id(1);
    if (unit < SIZE) {
        float upstream = 0.0f;
        for (int other = 0; other < batch; other++) {
            upstream += dy[dyOffset + other * dyStride];
        }
        const float mean = means[meansOffset + unit];
        const float gradient = upstream * ((1.0f - RHO) / (1.0f - mean) - RHO / mean) / batch;
        __global float *result = dx + dxOffset + sample * dxStride + unit;
        *result = accumulate ? *result + gradient : gradient;
    }
}
