// What is done element by element: activations that were not fused, sums of tensors, copies. One item an element of a
// sample along axis 0, one sample along axis 1. Which activation it is, is a define: compilers make vectors of a loop over items
// only where no item chooses.
//! ACTIVATION  of those in activations.cl the one that the elements go through; 0 where they go through none
#include "activations.cl"

// The caller's tensors may be one and the same, element for element.
__kernel void activation_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, int elements, float slope) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        y[yOffset + sample * yStride + i] = activate(x[xOffset + sample * xStride + i], ACTIVATION, slope);
    }
}

__kernel void activation_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *y,
        long yOffset, long yStride, __global float *dx, long dxOffset, long dxStride, int elements, float slope, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float gradient = activation_gradient(
                dy[dyOffset + sample * dyStride + i], y[yOffset + sample * yStride + i], ACTIVATION, slope);
        __global float *target = dx + dxOffset + sample * dxStride + i;
        *target = accumulate ? *target + gradient : gradient;
    }
}

__kernel void copy(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset, long yStride,
        int elements, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float value = x[xOffset + sample * xStride + i];
        __global float *target = y + yOffset + sample * yStride + i;
        *target = accumulate ? *target + value : value;
    }
}

__kernel void clear(__global float *y, long yOffset, long yStride, int elements) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        y[yOffset + sample * yStride + i] = 0.0f;
    }
}

__kernel void add(const __global float *a, long aOffset, long aStride, const __global float *b, long bOffset,
        long bStride, __global float *y, long yOffset, long yStride, int elements, float slope) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float sum = a[aOffset + sample * aStride + i] + b[bOffset + sample * bStride + i];
        y[yOffset + sample * yStride + i] = activate(sum, ACTIVATION, slope);
    }
}
