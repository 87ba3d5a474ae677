// The output of a convolution: C[o, (sample, i, j)] = Σ over (c, u, v) of weight[o, c, u, v] · x[c, i·S + u·D − P, …].
//! BIAS        whether there is a bias
#include "vectors.cl"
#include "convolution.cl"
#include "activations.cl"
#include "group_order.cl"

#define LEFT_ALONG_ROWS TURNED
#define RIGHT_ALONG_DEPTH (OUT_AREA == 1)
#include "gemm.cl"

int rows_of(void) {
    return OUTPUTS;
}

int depth_of(int batch) {
    return CHANNELS_INNER ? PADDED * KERNEL_AREA : INPUTS * KERNEL_AREA;
}

int columns_of(int batch) {
    return batch * OUT_AREA;
}

int reached(int depth, int end, int class) {
    return depth;
}

float left_element(Task task, int row, int depth, int k) {
    const int channel = STEP_CHANNEL(depth, k);
#if CHANNELS_INNER
    if (PADDED > INPUTS && channel >= INPUTS) {
        return 0.0f;
    }
#endif
#if TURNED
    return task.left[((task.group * KERNEL_AREA + STEP_TAP(depth, k)) * INPUTS + channel) * OUTPUTS + row];
#else
    return weight_element(task.left, task.table, task.group * OUTPUTS + row, channel, STEP_TAP(depth, k));
#endif
}

int base_sample(int firstColumn, int firstDepth) {
    return firstColumn / OUT_AREA;
}

Place column_place(Task task, int column, int baseSample) {
    const int position = column % OUT_AREA;
    return (Place){(column / OUT_AREA - baseSample) * (int) task.rightStride + task.group * INPUTS * AREA,
            position / OUT_WIDTH * STRIDE_H - TOP, position % OUT_WIDTH * STRIDE_W - LEFT};
}

Place depth_place(Task task, int depth, int k, int baseSample) {
    const int channel = STEP_CHANNEL(depth, k);
    const int tap = STEP_TAP(depth, k);
#if CHANNELS_INNER
    if (PADDED > INPUTS && channel >= INPUTS) {
        return NOWHERE;
    }
#endif
    return (Place){channel * AREA, tap / KERNEL_W * DILATION_H, tap % KERNEL_W * DILATION_W};
}

int pixel_of(int row, int column) {
    return image_pixel(row, column);
}

void store(__global float *result, long stride, Finish finish, Task task, int slice, int row, int column, vec value) {
    const int output = task.group * OUTPUTS + row;
    const float shift = BIAS ? finish.bias[output] : 0.0f;
    const int columns = columns_of(task.batch);
#if ALIGNED
    if (column < columns) {
        store_vector(result + column / OUT_AREA * stride + output * OUT_AREA + column % OUT_AREA, finish, shift, value);
    }
#else
    float elements[VECTOR];
    STORE_VECTOR(value, elements);
#pragma unroll
    for (int i = 0; i < VECTOR; i++) {
        const int at = column + i;
        if (at < columns) {
            store_element(result + at / OUT_AREA * stride + output * OUT_AREA + at % OUT_AREA, finish, shift, elements[i]);
        }
    }
#endif
}

#if TURNED
// Weights tap by tap, channels of the input after another, those of the output side by side.
__kernel void turn(const __global float *weight, long offset, __global float *turned, const __global float *table) {
    const int index = get_global_id(0);
    if (index < GROUPS * KERNEL_AREA * INPUTS * OUTPUTS) {
        const int input = index / OUTPUTS % INPUTS;
        const int tap = index / (OUTPUTS * INPUTS) % KERNEL_AREA;
        const int output = index / (OUTPUTS * INPUTS * KERNEL_AREA) * OUTPUTS + index % OUTPUTS;
        turned[index] = weight_element(weight + offset, table, output, input, tap);
    }
}
#endif
