// The mean or the largest element of each bin of each channel: bin i of n along H elements reaches from floor(i·H/n) to,
// exclusively, ceil((i + 1)·H/n). One item an element of what is written along axis 0, one sample along axis 1. Gradients
// are gathered by the input's elements, so that no two items write one place.
//! CHANNELS    channels
//! HEIGHT      rows of the input
//! WIDTH       columns of the input
//! OUT_HEIGHT  bins along the rows
//! OUT_WIDTH   bins along the columns
//! SAVE        whether the winners are wanted

#define AREA (HEIGHT * WIDTH)
#define OUT_AREA (OUT_HEIGHT * OUT_WIDTH)

int start_of(int bin, int bins, int extent) {
    return (int) ((long) bin * extent / bins);
}

int end_of(int bin, int bins, int extent) {
    return (int) (((bin + 1L) * extent + bins - 1) / bins);
}

// The bins that hold an element follow one another: the first and, exclusively, the last of them.
int first_bin(int element, int bins, int extent) {
    return (int) ((long) element * bins / extent);
}

int last_bin(int element, int bins, int extent) {
    return (int) (((element + 1L) * bins + extent - 1) / extent);
}

__kernel void mean_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * OUT_AREA) {
        return;
    }
    const __global float *plane = x + xOffset + sample * xStride + i / OUT_AREA * AREA;
    const int top = start_of(i / OUT_WIDTH % OUT_HEIGHT, OUT_HEIGHT, HEIGHT);
    const int bottom = end_of(i / OUT_WIDTH % OUT_HEIGHT, OUT_HEIGHT, HEIGHT);
    const int left = start_of(i % OUT_WIDTH, OUT_WIDTH, WIDTH);
    const int right = end_of(i % OUT_WIDTH, OUT_WIDTH, WIDTH);
    float sum = 0.0f;
    for (int row = top; row < bottom; row++) {
        for (int column = left; column < right; column++) {
            sum += plane[row * WIDTH + column];
        }
    }
    y[yOffset + sample * yStride + i] = sum / ((bottom - top) * (right - left));
}

__kernel void mean_backward(const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset,
        long dxStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * AREA) {
        return;
    }
    const __global float *gradients = dy + dyOffset + sample * dyStride + i / AREA * OUT_AREA;
    const int row = i / WIDTH % HEIGHT;
    const int column = i % WIDTH;
    float sum = 0.0f;
    for (int h = first_bin(row, OUT_HEIGHT, HEIGHT); h < last_bin(row, OUT_HEIGHT, HEIGHT); h++) {
        const int rows = end_of(h, OUT_HEIGHT, HEIGHT) - start_of(h, OUT_HEIGHT, HEIGHT);
        for (int w = first_bin(column, OUT_WIDTH, WIDTH); w < last_bin(column, OUT_WIDTH, WIDTH); w++) {
            const int columns = end_of(w, OUT_WIDTH, WIDTH) - start_of(w, OUT_WIDTH, WIDTH);
            sum += gradients[h * OUT_WIDTH + w] / (rows * columns);
        }
    }
    __global float *target = dx + dxOffset + sample * dxStride + i;
    *target = accumulate ? *target + sum : sum;
}

// The first of equal elements wins, and a NaN wins over all.
__kernel void max_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, __global int *winners, long winnersOffset, long winnersStride) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * OUT_AREA) {
        return;
    }
    const __global float *plane = x + xOffset + sample * xStride + i / OUT_AREA * AREA;
    const int top = start_of(i / OUT_WIDTH % OUT_HEIGHT, OUT_HEIGHT, HEIGHT);
    const int bottom = end_of(i / OUT_WIDTH % OUT_HEIGHT, OUT_HEIGHT, HEIGHT);
    const int left = start_of(i % OUT_WIDTH, OUT_WIDTH, WIDTH);
    const int right = end_of(i % OUT_WIDTH, OUT_WIDTH, WIDTH);
    int winner = top * WIDTH + left;
    float best = plane[winner];
    for (int row = top; row < bottom; row++) {
        for (int column = left; column < right; column++) {
            const float value = plane[row * WIDTH + column];
            if (value > best || (isnan(value) && !isnan(best))) {
                best = value;
                winner = row * WIDTH + column;
            }
        }
    }
    y[yOffset + sample * yStride + i] = best;
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
    const int row = i / WIDTH % HEIGHT;
    const int column = i % WIDTH;
    float sum = 0.0f;
    for (int h = first_bin(row, OUT_HEIGHT, HEIGHT); h < last_bin(row, OUT_HEIGHT, HEIGHT); h++) {
        for (int w = first_bin(column, OUT_WIDTH, WIDTH); w < last_bin(column, OUT_WIDTH, WIDTH); w++) {
            if (places[h * OUT_WIDTH + w] == i % AREA) {
                sum += gradients[h * OUT_WIDTH + w];
            }
        }
    }
    __global float *target = dx + dxOffset + sample * dxStride + i;
    *target = accumulate ? *target + sum : sum;
}
