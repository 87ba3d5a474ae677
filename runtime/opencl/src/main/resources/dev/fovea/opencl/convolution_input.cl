// The gradient of a convolution's input: C[c, (sample, h, w)] = Σ over (o, u, v) of weight[o, c, u, v] · dy[o, i, j] where
// i·S = h + P − u·D and likewise j, if there are such i and j. With a bias and an activation, a transposed convolution.
//
// With a stride a pixel sees only the taps whose distance to it the stride divides. Where channels are inner, pixels that see
// the same taps are a class: columns are gone through class by class, and the other taps are left out.
//! BIAS        whether there is a bias, one for each channel of the input
#include "vectors.cl"
#include "convolution.cl"
#include "activations.cl"
#include "group_order.cl"

#define LEFT_ALONG_ROWS (TURNED || KERNEL_AREA == 1)
#define RIGHT_ALONG_DEPTH (AREA == 1)
#include "gemm.cl"

// Rows and columns from one pixel of a class to the next; what of the stride is left to check where there is but one class.
#define CLASS_H (CHANNELS_INNER ? STRIDE_H : 1)
#define CLASS_W (CHANNELS_INNER ? STRIDE_W : 1)
#define REST_H (STRIDE_H / CLASS_H)
#define REST_W (STRIDE_W / CLASS_W)
#define CLASS_HEIGHT ((HEIGHT + CLASS_H - 1) / CLASS_H)
#define CLASS_WIDTH ((WIDTH + CLASS_W - 1) / CLASS_W)
#define CLASS_AREA (CLASS_HEIGHT * CLASS_WIDTH)

// What the distances of a class's pixels from the top of the padded image leave when they are divided by the stride.
#define ROW_CLASS(class) ((class) / CLASS_W)
#define COLUMN_CLASS(class) ((class) % CLASS_W)

// The row and the column of the image of a class's first pixel.
#define FIRST_H(class) ((ROW_CLASS(class) + CLASS_H - TOP % CLASS_H) % CLASS_H)
#define FIRST_W(class) ((COLUMN_CLASS(class) + CLASS_W - LEFT % CLASS_W) % CLASS_W)

int rows_of(void) {
    return INPUTS;
}

int depth_of(int batch) {
    return CHANNELS_INNER ? PADDED * KERNEL_AREA : OUTPUTS * KERNEL_AREA;
}

int columns_of(int batch) {
    return batch * CLASS_AREA;
}

// Whether the distances of a class's pixels and a tap are multiples of the stride.
bool sees(int class, int tap) {
    return (ROW_CLASS(class) - tap / KERNEL_W * DILATION_H) % CLASS_H == 0
            & (COLUMN_CLASS(class) - tap % KERNEL_W * DILATION_W) % CLASS_W == 0;
}

int reached(int depth, int end, int class) {
#if CHANNELS_INNER && CLASSES > 1
    while (depth < end && depth % PADDED == 0 && !sees(class, TAP_OF(depth))) {
        depth += PADDED;
    }
#endif
    return depth;
}

float left_element(Task task, int row, int depth, int k) {
    const int channel = STEP_CHANNEL(depth, k);
#if CHANNELS_INNER
    if (PADDED > OUTPUTS && channel >= OUTPUTS) {
        return 0.0f;
    }
#endif
#if TURNED
    return task.left[((task.group * KERNEL_AREA + STEP_TAP(depth, k)) * OUTPUTS + channel) * INPUTS + row];
#else
    return weight_element(task.left, task.table, task.group * OUTPUTS + channel, row, STEP_TAP(depth, k));
#endif
}

int base_sample(int firstColumn, int firstDepth) {
    return firstColumn / CLASS_AREA;
}

Place column_place(Task task, int column, int baseSample) {
    const int position = column % CLASS_AREA;
    const int h = position / CLASS_WIDTH * CLASS_H + FIRST_H(task.class);
    const int w = position % CLASS_WIDTH * CLASS_W + FIRST_W(task.class);
    if (h >= HEIGHT | w >= WIDTH) {
        return NOWHERE;
    }
    return (Place){(column / CLASS_AREA - baseSample) * (int) task.rightStride + task.group * OUTPUTS * OUT_AREA,
            (h + TOP - ROW_CLASS(task.class)) / CLASS_H, (w + LEFT - COLUMN_CLASS(task.class)) / CLASS_W};
}

Place depth_place(Task task, int depth, int k, int baseSample) {
    const int channel = STEP_CHANNEL(depth, k);
    const int tap = STEP_TAP(depth, k);
#if CHANNELS_INNER
    if (PADDED > OUTPUTS && channel >= OUTPUTS) {
        return NOWHERE;
    }
#endif
    return (Place){channel * OUT_AREA, (ROW_CLASS(task.class) - tap / KERNEL_W * DILATION_H) / CLASS_H,
            (COLUMN_CLASS(task.class) - tap % KERNEL_W * DILATION_W) / CLASS_W};
}

int pixel_of(int row, int column) {
    // Unsigned, so that what is negative is beyond the last row or column too.
    const uint i = (uint) row / REST_H;
    const uint j = (uint) column / REST_W;
    const bool inside = (i < OUT_HEIGHT) & (j < OUT_WIDTH) & (i * REST_H == row) & (j * REST_W == column);
    return inside ? (int) (i * OUT_WIDTH + j) : -1;
}

void store(__global float *result, long stride, Finish finish, Task task, int slice, int row, int column, vec value) {
    const int channel = task.group * INPUTS + row;
    const float shift = BIAS ? finish.bias[channel] : 0.0f;
    const int columns = columns_of(task.batch);
#if ALIGNED && CLASSES == 1
    if (column < columns) {
        store_vector(result + column / AREA * stride + channel * AREA + column % AREA, finish, shift, value);
    }
#else
    float elements[VECTOR];
    STORE_VECTOR(value, elements);
#pragma unroll
    for (int i = 0; i < VECTOR; i++) {
        const int at = (column + i) % CLASS_AREA;
        const int h = at / CLASS_WIDTH * CLASS_H + FIRST_H(task.class);
        const int w = at % CLASS_WIDTH * CLASS_W + FIRST_W(task.class);
        if (column + i < columns && h < HEIGHT && w < WIDTH) {
            store_element(result + (column + i) / CLASS_AREA * stride + channel * AREA + h * WIDTH + w, finish, shift,
                    elements[i]);
        }
    }
#endif
}

#if TURNED
// Weights tap by tap, channels of the output after another, those of the input side by side.
__kernel void turn(const __global float *weight, long offset, __global float *turned, const __global float *table) {
    const int index = get_global_id(0);
    if (index < GROUPS * KERNEL_AREA * INPUTS * OUTPUTS) {
        const int output = index / INPUTS % OUTPUTS;
        const int tap = index / (OUTPUTS * INPUTS) % KERNEL_AREA;
        const int group = index / (OUTPUTS * INPUTS * KERNEL_AREA);
        turned[index] = weight_element(weight + offset, table, group * OUTPUTS + output, index % INPUTS, tap);
    }
}
#endif
