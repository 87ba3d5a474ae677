// The inverse of a max pooling, whose windows slide over the output and are the elements of the input. One item an element along
// axis 0, one sample along axis 1. Values and gradients are gathered, so that no two items write one place: where windows share a
// winner, the last in reading order is put there.
//! CHANNELS    channels
#include "windows.cl"
#include "winners.cl"

// Where the winners stand does not change by a little: the gradient of what the pooling read is 0.
__kernel void unpool_clear(__global float *gradient, long offset, long stride) {
    const int i = get_global_id(0);
    if (i < CHANNELS * AREA) {
        gradient[offset + get_global_id(1) * stride + i] = 0.0f;
    }
}

__kernel void unpool_winners(const __global float *origin, long originOffset, long originStride, __global int *winners,
        long winnersOffset, long winnersStride) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * OUT_AREA) {
        return;
    }
    const __global float *plane = origin + originOffset + sample * originStride + i / OUT_AREA * AREA;
    winners[winnersOffset + sample * winnersStride + i] = winner_of(plane, i % OUT_AREA);
}

// The last window that has a position as its winner; −1 where none has.
int last_window(const __global int *winners, int position) {
    for (int u = 0; u < KERNEL_H; u++) {
        const int row = position / WIDTH + TOP - u * DILATION_H;
        if (row < 0 || row % STRIDE_H != 0 || row / STRIDE_H >= OUT_HEIGHT) {
            continue;
        }
        for (int v = 0; v < KERNEL_W; v++) {
            const int column = position % WIDTH + LEFT - v * DILATION_W;
            if (column >= 0 && column % STRIDE_W == 0 && column / STRIDE_W < OUT_WIDTH) {
                const int window = row / STRIDE_H * OUT_WIDTH + column / STRIDE_W;
                if (winners[window] == position) {
                    return window;
                }
            }
        }
    }
    return -1;
}

__kernel void unpool_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, const __global int *winners, long winnersOffset, long winnersStride) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CHANNELS * AREA) {
        const int plane = i / AREA * OUT_AREA;
        const int window = last_window(winners + winnersOffset + sample * winnersStride + plane, i % AREA);
        y[yOffset + sample * yStride + i] = window < 0 ? 0.0f : x[xOffset + sample * xStride + plane + window];
    }
}

__kernel void unpool_backward(const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset,
        long dxStride, const __global int *winners, long winnersOffset, long winnersStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CHANNELS * OUT_AREA) {
        const int channel = i / OUT_AREA;
        const __global int *places = winners + winnersOffset + sample * winnersStride + channel * OUT_AREA;
        const int position = places[i % OUT_AREA];
        const bool isLast = last_window(places, position) == i % OUT_AREA;
        const float gradient = isLast ? dy[dyOffset + sample * dyStride + channel * AREA + position] : 0.0f;
        __global float *target = dx + dxOffset + sample * dxStride + i;
        *target = accumulate ? *target + gradient : gradient;
    }
}
