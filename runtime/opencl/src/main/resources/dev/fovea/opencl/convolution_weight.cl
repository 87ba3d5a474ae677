// The gradient of a convolution's weight: C[o, (c, u, v)] = Σ over (sample, i, j) of dy[o, i, j] · x[c, i·S + u·D − P, …].
// The sum is long and the result small, so it is cut into slices whose sums add_slices adds, always in the same order.
#include "vectors.cl"
#include "convolution.cl"

#define LEFT_ALONG_ROWS (OUT_AREA == 1)
#define RIGHT_ALONG_DEPTH 0

#include "weight_slices.cl"

int rows_of(void) {
    return OUTPUTS;
}

int depth_of(int batch) {
    return batch * OUT_AREA;
}

int columns_of(int batch) {
    return INPUTS * KERNEL_AREA;
}

float left_element(const __global float *left, const __global float *table, long stride, int group, int row, int depth) {
    return left[depth / OUT_AREA * stride + (group * OUTPUTS + row) * OUT_AREA + depth % OUT_AREA];
}

int base_sample(int firstColumn, int firstDepth) {
    return firstDepth / OUT_AREA;
}

Place column_place(int column, int baseSample, long stride, int group) {
    const int tap = column % KERNEL_AREA;
    return (Place){(group * INPUTS + column / KERNEL_AREA) * AREA, tap / KERNEL_W * DILATION_H,
            tap % KERNEL_W * DILATION_W};
}

Place depth_place(int depth, int baseSample, long stride, int group) {
    const int position = depth % OUT_AREA;
    return (Place){(depth / OUT_AREA - baseSample) * (int) stride, position / OUT_WIDTH * STRIDE_H - TOP,
            position % OUT_WIDTH * STRIDE_W - LEFT};
}

float right_element(const __global float *right, int offset, int row, int column) {
    return image_element(right, offset, row, column);
}

void store(__global float *result, long stride, Finish finish, int group, int slice, int row, int column, int columns,
        vec value) {
    float elements[VECTOR];
    STORE_VECTOR(value, elements);
    for (int i = 0; i < VECTOR && column + i < columns; i++) {
        const int index = (group * OUTPUTS + row) * columns + column + i;
        put_slice(result, finish.table, finish.accumulate, slice, index, elements[i]);
    }
}

#include "gemm.cl"
