// The gradient of a convolution's input: C[c, (sample, h, w)] = Σ over (o, u, v) of weight[o, c, u, v] · dy[o, i, j] where
// i·S = h + P − u·D and likewise j, if there are such i and j. With a bias and an activation, a transposed convolution.
//! BIAS        whether there is a bias, one for each channel of the input
#include "vectors.cl"
#include "convolution.cl"
#include "activations.cl"

#define LEFT_ALONG_ROWS (KERNEL_AREA == 1)
#define RIGHT_ALONG_DEPTH (AREA == 1)

int rows_of(void) {
    return INPUTS;
}

int depth_of(int batch) {
    return OUTPUTS * KERNEL_AREA;
}

int columns_of(int batch) {
    return batch * AREA;
}

float left_element(const __global float *left, const __global float *table, long stride, int group, int row, int depth) {
    return weight_element(left, table, group * OUTPUTS + depth / KERNEL_AREA, row, depth % KERNEL_AREA);
}

int base_sample(int firstColumn, int firstDepth) {
    return firstColumn / AREA;
}

Place column_place(int column, int baseSample, long stride, int group) {
    const int position = column % AREA;
    return (Place){(column / AREA - baseSample) * (int) stride + group * OUTPUTS * OUT_AREA,
            position / WIDTH + TOP, position % WIDTH + LEFT};
}

Place depth_place(int depth, int baseSample, long stride, int group) {
    const int tap = depth % KERNEL_AREA;
    return (Place){
            depth / KERNEL_AREA * OUT_AREA, -(tap / KERNEL_W * DILATION_H), -(tap % KERNEL_W * DILATION_W)};
}

float right_element(const __global float *right, int offset, int row, int column) {
    // Unsigned, so that what is negative is beyond the last row or column too; without branches, so that it is done by
    // vectors.
    const uint i = (uint) row / STRIDE_H;
    const uint j = (uint) column / STRIDE_W;
    const bool inside = (i < OUT_HEIGHT) & (j < OUT_WIDTH) & (i * STRIDE_H == row) & (j * STRIDE_W == column);
    const float element = right[inside ? offset + (int) (i * OUT_WIDTH + j) : 0];
    return inside ? element : 0.0f;
}

void store(__global float *result, long stride, Finish finish, int group, int slice, int row, int column, int columns,
        vec value) {
    const int channel = group * INPUTS + row;
    const float shift = BIAS ? finish.bias[channel] : 0.0f;
    float elements[VECTOR];
    STORE_VECTOR(value, elements);
    for (int i = 0; i < VECTOR && column + i < columns; i++) {
        __global float *target = result + (column + i) / AREA * stride + channel * AREA + (column + i) % AREA;
        const float element = activate(elements[i] + shift, finish.activation, finish.slope);
        *target = finish.accumulate ? *target + element : element;
    }
}

#include "gemm.cl"
