// The output of a convolution on a processor's core: C[o, (sample, i, j)] = Σ over (c, u, v) of weight[o, c, u, v] ·
// x[c, i·S + u·D − P, …].
//! BIAS        whether there is a bias
#include "vectors.cl"
#include "convolution.cl"
#include "activations.cl"

#define RUNS TILE_N
#include "core_image.cl"
#include "core_result.cl"
#include "core_product.cl"

int rows_of(int batch) {
    return OUTPUTS;
}

int columns_of(int batch) {
    return batch * OUT_AREA;
}

int depth_of(int batch) {
    return INPUTS * KERNEL_AREA;
}

void load_left(__local float *restrict tile, __local Run *runs, Operands operands, Part part, int roundedRows) {
    for (int row = 0; row < roundedRows; row++) {
        __local float *target = tile + row * TILE_K;
        const int output = operands.group * OUTPUTS + part.firstRow + row;
        if (row >= part.rows) {
            for (int k = 0; k < part.depth; k++) {
                target[k] = 0.0f;
            }
        } else {
#if TABLE
            for (int k = 0; k < part.depth; k++) {
                const int depth = part.firstDepth + k;
                target[k] = weight_element(
                        operands.left, operands.table, output, depth / KERNEL_AREA, depth % KERNEL_AREA);
            }
#else
            const __global float *source = operands.left + output * (INPUTS * KERNEL_AREA) + part.firstDepth;
            for (int k = 0; k < part.depth; k++) {
                target[k] = source[k];
            }
#endif
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
    store_positions(result, stride, finish, group * OUTPUTS, OUT_AREA, part.firstRow, part.rows, part.firstColumn,
            part.columns, sums, TILE_N);
}
