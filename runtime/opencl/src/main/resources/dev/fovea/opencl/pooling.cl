// The largest element, or the mean, of each window of each channel. One item an element along axis 0, one sample along
// axis 1. Gradients are gathered by the input's elements, so that no two items write one place.
//! CHANNELS    channels
//! BOTTOM      padding below
//! RIGHT       padding to the right
//! COUNT_PAD   whether a mean counts the padding
//! SAVE        whether the winners are wanted
#include "windows.cl"
#include "winners.cl"

__kernel void max_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, __global int *winners, long winnersOffset, long winnersStride) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * OUT_AREA) {
        return;
    }
    const __global float *plane = x + xOffset + sample * xStride + i / OUT_AREA * AREA;
    const int winner = winner_of(plane, i % OUT_AREA);
    y[yOffset + sample * yStride + i] = winner < 0 ? -INFINITY : plane[winner];
#if SAVE
    winners[winnersOffset + sample * winnersStride + i] = winner;
#endif
}

__kernel void max_backward(const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset,
        long dxStride, const __global int *winners, long winnersOffset, long winnersStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * AREA) {
        return;
    }
    const int plane = i / AREA * OUT_AREA;
    const __global float *gradients = dy + dyOffset + sample * dyStride + plane;
    const __global int *places = winners + winnersOffset + sample * winnersStride + plane;
    const int position = i % AREA;
    float sum = 0.0f;
    for (int u = KERNEL_H - 1; u >= 0; u--) {
        const int row = position / WIDTH + TOP - u * DILATION_H;
        if (row < 0 || row % STRIDE_H != 0 || row / STRIDE_H >= OUT_HEIGHT) {
            continue;
        }
        for (int v = KERNEL_W - 1; v >= 0; v--) {
            const int column = position % WIDTH + LEFT - v * DILATION_W;
            if (column >= 0 && column % STRIDE_W == 0 && column / STRIDE_W < OUT_WIDTH) {
                const int window = row / STRIDE_H * OUT_WIDTH + column / STRIDE_W;
                if (places[window] == position) {
                    sum += gradients[window];
                }
            }
        }
    }
    __global float *target = dx + dxOffset + sample * dxStride + i;
    *target = accumulate ? *target + sum : sum;
}

// What a window's sum is divided by: its elements within the input, or within the input and its padding.
int divisor(int i, int j) {
    const int top = i * STRIDE_H - TOP;
    const int left = j * STRIDE_W - LEFT;
#if COUNT_PAD
    return (min(top + KERNEL_H, HEIGHT + BOTTOM) - top) * (min(left + KERNEL_W, WIDTH + RIGHT) - left);
#else
    return (min(top + KERNEL_H, HEIGHT) - max(top, 0)) * (min(left + KERNEL_W, WIDTH) - max(left, 0));
#endif
}

__kernel void mean_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * OUT_AREA) {
        return;
    }
    const __global float *plane = x + xOffset + sample * xStride + i / OUT_AREA * AREA;
    const int windowRow = i % OUT_AREA / OUT_WIDTH;
    const int windowColumn = i % OUT_WIDTH;
    const int top = windowRow * STRIDE_H - TOP;
    const int left = windowColumn * STRIDE_W - LEFT;
    float sum = 0.0f;
    for (int row = max(top, 0); row < min(top + KERNEL_H, HEIGHT); row++) {
        for (int column = max(left, 0); column < min(left + KERNEL_W, WIDTH); column++) {
            sum += plane[row * WIDTH + column];
        }
    }
    y[yOffset + sample * yStride + i] = sum / divisor(windowRow, windowColumn);
}

__kernel void mean_backward(const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset,
        long dxStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * AREA) {
        return;
    }
    const __global float *gradients = dy + dyOffset + sample * dyStride + i / AREA * OUT_AREA;
    const int row = i % AREA / WIDTH + TOP;
    const int column = i % WIDTH + LEFT;
    float sum = 0.0f;
    for (int windowRow = max(0, (row - KERNEL_H) / STRIDE_H); windowRow <= min(row / STRIDE_H, OUT_HEIGHT - 1); windowRow++) {
        if (windowRow * STRIDE_H + KERNEL_H <= row) {
            continue;
        }
        for (int windowColumn = max(0, (column - KERNEL_W) / STRIDE_W);
                windowColumn <= min(column / STRIDE_W, OUT_WIDTH - 1); windowColumn++) {
            if (windowColumn * STRIDE_W + KERNEL_W > column) {
                sum += gradients[windowRow * OUT_WIDTH + windowColumn] / divisor(windowRow, windowColumn);
            }
        }
    }
    __global float *target = dx + dxOffset + sample * dxStride + i;
    *target = accumulate ? *target + sum : sum;
}
