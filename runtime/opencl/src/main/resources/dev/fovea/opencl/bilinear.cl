// Upsampling by interpolation, with pixel centres at half numbers. One item an element of what is written along axis 0, one
// sample along axis 1.
//! CHANNELS    channels
//! HEIGHT      rows of the input
//! WIDTH       columns of the input
//! SCALE_H     how much higher the output is
//! SCALE_W     how much wider the output is

#define OUT_HEIGHT (HEIGHT * SCALE_H)
#define OUT_WIDTH (WIDTH * SCALE_W)

// Where a position of the output lies along an axis of the input, counted from the centre of the first element.
float place_of(int position, int scale) {
    return fmax(0.0f, (position + 0.5f) / scale - 0.5f);
}

// How much an element of the input counts at a position of the output.
float share_of(int element, int extent, int position, int scale) {
    const float place = place_of(position, scale);
    const int first = (int) place;
    const int second = min(extent - 1, first + 1);
    const float share = place - first;
    return (element == first ? 1.0f - share : 0.0f) + (element == second ? share : 0.0f);
}

__kernel void bilinear_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * OUT_HEIGHT * OUT_WIDTH) {
        return;
    }
    const __global float *plane = x + xOffset + sample * xStride + i / (OUT_HEIGHT * OUT_WIDTH) * (HEIGHT * WIDTH);
    const float row = place_of(i / OUT_WIDTH % OUT_HEIGHT, SCALE_H);
    const float column = place_of(i % OUT_WIDTH, SCALE_W);
    const int top = (int) row;
    const int left = (int) column;
    const int bottom = min(HEIGHT - 1, top + 1);
    const int right = min(WIDTH - 1, left + 1);
    const float down = row - top;
    const float across = column - left;
    const float above = (1.0f - across) * plane[top * WIDTH + left] + across * plane[top * WIDTH + right];
    const float below = (1.0f - across) * plane[bottom * WIDTH + left] + across * plane[bottom * WIDTH + right];
    y[yOffset + sample * yStride + i] = (1.0f - down) * above + down * below;
}

// Only positions less than two elements away from an element can see it.
__kernel void bilinear_backward(const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset,
        long dxStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * HEIGHT * WIDTH) {
        return;
    }
    const __global float *gradients = dy + dyOffset + sample * dyStride + i / (HEIGHT * WIDTH) * (OUT_HEIGHT * OUT_WIDTH);
    const int row = i / WIDTH % HEIGHT;
    const int column = i % WIDTH;
    float sum = 0.0f;
    for (int h = max(0, (row - 1) * SCALE_H); h < min(OUT_HEIGHT, (row + 2) * SCALE_H); h++) {
        const float down = share_of(row, HEIGHT, h, SCALE_H);
        for (int w = max(0, (column - 1) * SCALE_W); w < min(OUT_WIDTH, (column + 2) * SCALE_W); w++) {
            sum += down * share_of(column, WIDTH, w, SCALE_W) * gradients[h * OUT_WIDTH + w];
        }
    }
    __global float *target = dx + dxOffset + sample * dxStride + i;
    *target = accumulate ? *target + sum : sum;
}
