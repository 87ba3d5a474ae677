// The gradient of a convolution's weight on a processor's core: C[(c, u, v), o] = Σ over (sample, i, j) of
// x[c, i·S + u·D − P, …] · dy[o, i, j]. That is the gradient transposed: patches are what is read row by row, so they make the
// left operand, whose rows are copied as they are. The sum is long and the result small, so it is cut into slices whose sums
// add_slices adds, always in the same order.
#include "vectors.cl"
#include "convolution.cl"

#define RUNS TILE_K
#include "core_image.cl"
#include "core_product.cl"
#include "weight_slices.cl"

int rows_of(int batch) {
    return INPUTS * KERNEL_AREA;
}

int columns_of(int batch) {
    return OUTPUTS;
}

int depth_of(int batch) {
    return batch * OUT_AREA;
}

// The operands come as they do to the other kernels: the gradient of the output, then the image.
void load_left(__local float *restrict tile, __local Run *runs, Operands operands, Part part, int roundedRows) {
    const int found = find_runs(runs, part.firstDepth, part.depth, operands.rightStride);
    load_patches(tile, TILE_K, operands.right, operands.group, part.firstRow, part.rows, roundedRows, runs, found,
            part.depth, part.depth);
}

void load_right(__local float *restrict tile, __local Run *runs, Operands operands, Part part, int roundedColumns) {
    for (int done = 0; done < part.depth;) {
        const int position = (part.firstDepth + done) % OUT_AREA;
        const int length = min(OUT_AREA - position, part.depth - done);
        const __global float *source = operands.left + (part.firstDepth + done) / OUT_AREA * operands.leftStride
                + (operands.group * OUTPUTS + part.firstColumn) * OUT_AREA + position;
#if OUT_AREA == 1
        for (int column = 0; column < part.columns; column++) {
            tile[done * PITCH_N + column] = source[column];
        }
#else
        for (int column = 0; column < part.columns; column++) {
            for (int i = 0; i < length; i++) {
                tile[(done + i) * PITCH_N + column] = source[column * OUT_AREA + i];
            }
        }
#endif
        done += length;
    }
    for (int k = 0; k < part.depth; k++) {
        for (int column = part.columns; column < roundedColumns; column++) {
            tile[k * PITCH_N + column] = 0.0f;
        }
    }
}

void store_tile(__global float *result, long stride, Finish finish, int group, int slice, Part part,
        const __local float *restrict sums) {
    for (int column = 0; column < part.columns; column++) {
        for (int row = 0; row < part.rows; row++) {
            const int index = (group * OUTPUTS + part.firstColumn + column) * (INPUTS * KERNEL_AREA) + part.firstRow + row;
            put_slice(result, finish.table, finish.accumulate, slice, index, sums[row * TILE_N + column]);
        }
    }
}
