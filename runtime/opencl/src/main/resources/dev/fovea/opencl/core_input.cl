// The gradient of a convolution's input on a processor's core: C[c, (sample, h, w)] = Σ over (o, u, v) of weight[o, c, u, v] ·
// dy[o, i, j] where i·S = h + P − u·D and likewise j, if there are such i and j. With a bias and an activation, a transposed
// convolution.
//! BIAS        whether there is a bias, one for each channel of the input
#include "vectors.cl"
#include "convolution.cl"
#include "activations.cl"

#define GRID_AREA AREA
#define GRID_WIDTH WIDTH
#define SOURCE_HEIGHT OUT_HEIGHT
#define SOURCE_WIDTH OUT_WIDTH
#define PLANES OUTPUTS
#define ORIGIN(index, stride, before) ((index) + before)
#define TOWARDS (-1)
#define RUNS TILE_N
#include "core_patches.cl"
#include "core_result.cl"
#include "core_product.cl"

// Row and column are where the stride would have put the position: only one in so many is a position of the output.
void source_run(__local float *restrict target, const __global float *plane, int row, int column, int length) {
    const bool inside = row >= 0 && row % STRIDE_H == 0 && row / STRIDE_H < OUT_HEIGHT;
    int low = length;
    int high = length;
    if (inside) {
        low = clamp(-column, 0, length);
        high = clamp((OUT_WIDTH - 1) * STRIDE_W + 1 - column, low, length);
    }
    for (int i = 0; i < low; i++) {
        target[i] = 0.0f;
    }
#if STRIDE_W == 1
    const __global float *source = plane + row / STRIDE_H * OUT_WIDTH + column;
    for (int i = low; i < high; i++) {
        target[i] = source[i];
    }
#else
    for (int i = low; i < high; i++) {
        target[i] = 0.0f;
    }
    const __global float *source = plane + row / STRIDE_H * OUT_WIDTH;
    const int first = (column + low + STRIDE_W - 1) / STRIDE_W;
    for (int j = first; j * STRIDE_W - column < high; j++) {
        target[j * STRIDE_W - column] = source[j];
    }
#endif
    for (int i = high; i < length; i++) {
        target[i] = 0.0f;
    }
}

int rows_of(int batch) {
    return INPUTS;
}

int columns_of(int batch) {
    return batch * AREA;
}

int depth_of(int batch) {
    return OUTPUTS * KERNEL_AREA;
}

// The weights of an output channel lie together, those of its input channels side by side.
void load_left(__local float *restrict tile, __local Run *runs, Operands operands, Part part, int roundedRows) {
    const int end = part.firstDepth + part.depth;
    for (int output = part.firstDepth / KERNEL_AREA; output * KERNEL_AREA < end; output++) {
        const int first = max(part.firstDepth - output * KERNEL_AREA, 0);
        const int last = min(end - output * KERNEL_AREA, KERNEL_AREA);
        __local float *target = tile + output * KERNEL_AREA - part.firstDepth;
        for (int row = 0; row < part.rows; row++) {
            for (int tap = first; tap < last; tap++) {
                target[row * TILE_K + tap] = weight_element(
                        operands.left, operands.table, operands.group * OUTPUTS + output, part.firstRow + row, tap);
            }
        }
    }
    for (int row = part.rows; row < roundedRows; row++) {
        for (int k = 0; k < part.depth; k++) {
            tile[row * TILE_K + k] = 0.0f;
        }
    }
}

void load_right(__local float *restrict tile, __local Run *runs, Operands operands, Part part, int roundedColumns) {
    const int found = find_runs(runs, part.firstColumn, part.columns, operands.rightStride);
    load_patches(tile, PITCH_N, operands.right, operands.group, part.firstDepth, part.depth, part.depth, runs, found,
            part.columns, roundedColumns);
}

void store_tile(__global float *result, long stride, Finish finish, int group, int slice, Part part,
        const __local float *restrict sums) {
    store_positions(result, stride, finish, group * INPUTS, AREA, part.firstRow, part.rows, part.firstColumn, part.columns,
            sums, TILE_N);
}
