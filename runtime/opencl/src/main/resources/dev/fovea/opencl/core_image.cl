// Runs of the input of a convolution, for its output and for the gradient of its weight.
#define GRID_AREA OUT_AREA
#define GRID_WIDTH OUT_WIDTH
#define SOURCE_HEIGHT HEIGHT
#define SOURCE_WIDTH WIDTH
#define PLANES INPUTS
#define ORIGIN(index, stride, before) ((index) * stride - before)
#define TOWARDS 1
#include "core_patches.cl"

void source_run(__local float *restrict target, const __global float *plane, int row, int column, int length) {
#if MODE == 0
    int low = 0;
    int high = 0;
    if ((uint) row < HEIGHT) {
        low = column < 0 ? min(length, (STRIDE_W - 1 - column) / STRIDE_W) : 0;
        high = clamp((WIDTH - column + STRIDE_W - 1) / STRIDE_W, low, length);
    }
    const __global float *source = plane + row * WIDTH + column;
    for (int i = 0; i < low; i++) {
        target[i] = 0.0f;
    }
    for (int i = low; i < high; i++) {
        target[i] = source[i * STRIDE_W];
    }
    for (int i = high; i < length; i++) {
        target[i] = 0.0f;
    }
#else
    for (int i = 0; i < length; i++) {
        target[i] = image_element(plane, 0, row, column + i * STRIDE_W);
    }
#endif
}
