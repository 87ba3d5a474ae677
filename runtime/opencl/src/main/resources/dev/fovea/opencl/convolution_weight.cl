// The gradient of a convolution's weight: C[o, (c, u, v)] = Σ over (sample, i, j) of dy[o, i, j] · x[c, i·S + u·D − P, …].
// The sum is long and the result small, so it is cut into slices whose sums add_slices adds, always in the same order.
#include "vectors.cl"
#include "convolution.cl"
#include "activations.cl"
#include "group_order.cl"

#define LEFT_ALONG_ROWS (OUT_AREA == 1)
#define RIGHT_ALONG_DEPTH (OUT_AREA > 1)
#include "gemm.cl"
#include "weight_slices.cl"

int rows_of(void) {
    return OUTPUTS;
}

int depth_of(int batch) {
    return batch * OUT_AREA;
}

int columns_of(int batch) {
    return CHANNELS_INNER ? PADDED * KERNEL_AREA : INPUTS * KERNEL_AREA;
}

int reached(int depth, int end, int class) {
    return depth;
}

float left_element(Task task, int row, int depth, int k) {
    const int at = depth + k;
    return task.left[at / OUT_AREA * task.leftStride + (task.group * OUTPUTS + row) * OUT_AREA + at % OUT_AREA];
}

int base_sample(int firstColumn, int firstDepth) {
    return firstDepth / OUT_AREA;
}

// Where channels are inner all columns of a tile are of one tap, which the first of them tells.
Place column_place(Task task, int column, int baseSample) {
#if CHANNELS_INNER
    const int channel = task.firstColumn % PADDED + (column - task.firstColumn);
    const int tap = TAP_OF(task.firstColumn);
    if (PADDED > INPUTS && channel >= INPUTS) {
        return NOWHERE;
    }
#else
    const int channel = CHANNEL_OF(column, INPUTS);
    const int tap = TAP_OF(column);
#endif
    return (Place){
            (task.group * INPUTS + channel) * AREA, tap / KERNEL_W * DILATION_H, tap % KERNEL_W * DILATION_W};
}

Place depth_place(Task task, int depth, int k, int baseSample) {
    const int at = depth + k;
    const int position = at % OUT_AREA;
    return (Place){(at / OUT_AREA - baseSample) * (int) task.rightStride, position / OUT_WIDTH * STRIDE_H - TOP,
            position % OUT_WIDTH * STRIDE_W - LEFT};
}

int pixel_of(int row, int column) {
    return image_pixel(row, column);
}

// Slices keep the order of the columns, so that neighbours are written side by side.
void store(__global float *result, long stride, Finish finish, Task task, int slice, int row, int column, vec value) {
    float elements[VECTOR];
    STORE_VECTOR(value, elements);
#pragma unroll
    for (int i = 0; i < VECTOR; i++) {
        const int at = column + i;
        const int channel = CHANNEL_OF(at, INPUTS);
        if (at < columns_of(task.batch) && channel < INPUTS) {
            const int output = task.group * OUTPUTS + row;
            const int natural = (output * INPUTS + channel) * KERNEL_AREA + TAP_OF(at);
#if SLICES == 1
            put(result, finish.table, finish.accumulate, natural, elements[i]);
#elif CHANNELS_INNER
            result[(long) slice * WEIGHTS + (output * KERNEL_AREA + TAP_OF(at)) * INPUTS + channel] = elements[i];
#else
            result[(long) slice * WEIGHTS + natural] = elements[i];
#endif
        }
    }
}
