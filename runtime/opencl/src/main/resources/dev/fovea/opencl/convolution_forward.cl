// The output of a convolution: C[o, (sample, i, j)] = Σ over (c, u, v) of weight[o, c, u, v] · x[c, i·S + u·D − P, …].
//! BIAS        whether there is a bias
#include "vectors.cl"
#include "convolution.cl"
#include "activations.cl"

#define LEFT_ALONG_ROWS 0
#define RIGHT_ALONG_DEPTH (OUT_AREA == 1)

int rows_of(void) {
    return OUTPUTS;
}

int depth_of(int batch) {
    return INPUTS * KERNEL_AREA;
}

int columns_of(int batch) {
    return batch * OUT_AREA;
}

float left_element(const __global float *left, const __global float *table, long stride, int group, int row, int depth) {
    return weight_element(left, table, group * OUTPUTS + row, depth / KERNEL_AREA, depth % KERNEL_AREA);
}

int base_sample(int firstColumn, int firstDepth) {
    return firstColumn / OUT_AREA;
}

Place column_place(int column, int baseSample, long stride, int group) {
    const int position = column % OUT_AREA;
    return (Place){(column / OUT_AREA - baseSample) * (int) stride + group * INPUTS * AREA,
            position / OUT_WIDTH * STRIDE_H - TOP, position % OUT_WIDTH * STRIDE_W - LEFT};
}

Place depth_place(int depth, int baseSample, long stride, int group) {
    const int tap = depth % KERNEL_AREA;
    return (Place){depth / KERNEL_AREA * AREA, tap / KERNEL_W * DILATION_H, tap % KERNEL_W * DILATION_W};
}

float right_element(const __global float *right, int offset, int row, int column) {
    return image_element(right, offset, row, column);
}

void store(__global float *result, long stride, Finish finish, int group, int slice, int row, int column, int columns,
        vec value) {
    const int output = group * OUTPUTS + row;
    const float shift = BIAS ? finish.bias[output] : 0.0f;
    float elements[VECTOR];
    STORE_VECTOR(value, elements);
    if (column + VECTOR <= columns && column % OUT_AREA + VECTOR <= OUT_AREA) {
        __global float *target = result + column / OUT_AREA * stride + output * OUT_AREA + column % OUT_AREA;
#pragma unroll
        for (int i = 0; i < VECTOR; i++) {
            const float element = activate(elements[i] + shift, finish.activation, finish.slope);
            target[i] = finish.accumulate ? target[i] + element : element;
        }
    } else {
        for (int i = 0; i < VECTOR && column + i < columns; i++) {
            const int at = column + i;
            __global float *target = result + at / OUT_AREA * stride + output * OUT_AREA + at % OUT_AREA;
            const float element = activate(elements[i] + shift, finish.activation, finish.slope);
            *target = finish.accumulate ? *target + element : element;
        }
    }
}

#include "gemm.cl"
