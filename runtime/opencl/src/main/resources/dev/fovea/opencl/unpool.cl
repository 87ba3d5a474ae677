// The inverse of a max pooling. One item an element along axis 0, one sample along axis 1. Values and gradients are gathered, so
// that no two items write one place: where windows share a winner, the last in reading order is put there.
//! CHANNELS    channels
//! HEIGHT      rows of the output, which are those that the pooling read
//! WIDTH       columns of the output
//! OUT_HEIGHT  rows of the input, which are windows of the pooling
//! OUT_WIDTH   columns of the input
//! KERNEL_H    rows of the window
//! KERNEL_W    columns of the window
//! STRIDE_H    rows from one window to the next
//! STRIDE_W    columns from one window to the next
//! DILATION_H  rows from one element of the window to the next
//! DILATION_W  columns from one element of the window to the next
//! TOP         padding above
//! LEFT        padding to the left

#define AREA (HEIGHT * WIDTH)
#define WINDOWS (OUT_HEIGHT * OUT_WIDTH)

// Where the winners stand does not change by a little: the gradient of what the pooling read is 0.
__kernel void unpool_clear(__global float *gradient, long offset, long stride) {
    const int i = get_global_id(0);
    if (i < CHANNELS * AREA) {
        gradient[offset + get_global_id(1) * stride + i] = 0.0f;
    }
}

// Where the largest element of each window stands: the first of equal ones, a NaN over all.
__kernel void unpool_winners(const __global float *origin, long originOffset, long originStride, __global int *winners,
        long winnersOffset, long winnersStride) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * WINDOWS) {
        return;
    }
    const __global float *plane = origin + originOffset + sample * originStride + i / WINDOWS * AREA;
    const int top = i % WINDOWS / OUT_WIDTH * STRIDE_H - TOP;
    const int left = i % OUT_WIDTH * STRIDE_W - LEFT;
    float best = -INFINITY;
    int winner = -1;
    for (int u = 0; u < KERNEL_H; u++) {
        for (int v = 0; v < KERNEL_W; v++) {
            const int row = top + u * DILATION_H;
            const int column = left + v * DILATION_W;
            if ((uint) row < HEIGHT && (uint) column < WIDTH) {
                const float value = plane[row * WIDTH + column];
                if (winner < 0 || value > best || (isnan(value) && !isnan(best))) {
                    best = value;
                    winner = row * WIDTH + column;
                }
            }
        }
    }
    winners[winnersOffset + sample * winnersStride + i] = winner;
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
        const int plane = i / AREA * WINDOWS;
        const int window = last_window(winners + winnersOffset + sample * winnersStride + plane, i % AREA);
        y[yOffset + sample * yStride + i] = window < 0 ? 0.0f : x[xOffset + sample * xStride + plane + window];
    }
}

__kernel void unpool_backward(const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset,
        long dxStride, const __global int *winners, long winnersOffset, long winnersStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CHANNELS * WINDOWS) {
        const int channel = i / WINDOWS;
        const __global int *places = winners + winnersOffset + sample * winnersStride + channel * WINDOWS;
        const int position = places[i % WINDOWS];
        const bool isLast = last_window(places, position) == i % WINDOWS;
        const float gradient = isLast ? dy[dyOffset + sample * dyStride + channel * AREA + position] : 0.0f;
        __global float *target = dx + dxOffset + sample * dxStride + i;
        *target = accumulate ? *target + gradient : gradient;
    }
}
