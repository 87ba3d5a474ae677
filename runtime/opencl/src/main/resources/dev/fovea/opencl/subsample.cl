// Trained pooling: the sum of each window times a coefficient of the channel, plus a bias.
//! CHANNELS    channels
//! HEIGHT      rows of the input
//! WIDTH       columns of the input
//! OUT_HEIGHT  rows of the output
//! OUT_WIDTH   columns of the output
//! KERNEL_H    rows of the window, and from one to the next
//! KERNEL_W    columns of the window, and from one to the next
#include "reduction.cl"
#include "activations.cl"

#define AREA (HEIGHT * WIDTH)
#define OUT_AREA (OUT_HEIGHT * OUT_WIDTH)

float window_sum(const __global float *plane, int position) {
    const __global float *first = plane + position / OUT_WIDTH * KERNEL_H * WIDTH + position % OUT_WIDTH * KERNEL_W;
    float sum = 0.0f;
    for (int u = 0; u < KERNEL_H; u++) {
        for (int v = 0; v < KERNEL_W; v++) {
            sum += first[u * WIDTH + v];
        }
    }
    return sum;
}

__kernel void subsample_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, const __global float *weight, long weightOffset, long weightStride, const __global float *bias,
        long biasOffset, long biasStride, int activation, float slope) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CHANNELS * OUT_AREA) {
        const int channel = i / OUT_AREA;
        const float sum = window_sum(x + xOffset + sample * xStride + channel * AREA, i % OUT_AREA);
        const float value = weight[weightOffset + channel] * sum + bias[biasOffset + channel];
        y[yOffset + sample * yStride + i] = activate(value, activation, slope);
    }
}

__kernel void subsample_input(const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset,
        long dxStride, const __global float *weight, long weightOffset, long weightStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CHANNELS * AREA) {
        const int row = i % AREA / WIDTH / KERNEL_H;
        const int column = i % WIDTH / KERNEL_W;
        float gradient = 0.0f;
        if (row < OUT_HEIGHT && column < OUT_WIDTH) {
            const int channel = i / AREA;
            gradient = weight[weightOffset + channel]
                    * dy[dyOffset + sample * dyStride + (channel * OUT_HEIGHT + row) * OUT_WIDTH + column];
        }
        __global float *target = dx + dxOffset + sample * dxStride + i;
        *target = accumulate ? *target + gradient : gradient;
    }
}

// A group takes a channel, and its items take turns at the positions of each sample.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void subsample_weight(const __global float *dy, long dyOffset,
        long dyStride, const __global float *x, long xOffset, long xStride, __global float *gradient, long offset,
        long stride, int accumulate, int batch) {
    __local float partial[ITEMS];
    const int channel = get_group_id(0);
    const int item = get_local_id(0);
    float sum = 0.0f;
    for (int sample = 0; sample < batch; sample++) {
        const __global float *gradients = dy + dyOffset + sample * dyStride + channel * OUT_AREA;
        const __global float *plane = x + xOffset + sample * xStride + channel * AREA;
        for (int position = item; position < OUT_AREA; position += ITEMS) {
            sum += gradients[position] * window_sum(plane, position);
        }
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        __global float *target = gradient + offset + channel;
        *target = accumulate ? *target + sum : sum;
    }
}
