// A convolution element by element, without matrix products: for channels that are on their own, whose matrices would have
// one row; for weights that no two positions share; and for padding that repeats the input. One item an element of what is
// written along axis 0, one sample along axis 1. Gradients are gathered, so that no two items write one place.
//! GROUPS      groups of channels
//! MODE        what is read in the padding: 0 zeros, 1 the input mirrored, 2 its border, 3 its other end
//! SHARED      whether all positions share one set of weights
//! BIAS        whether there is a bias
#include "reduction.cl"
#include "convolution.cl"
#include "activations.cl"

// Where a padded position is read; negative for 0.
int source_of(int position, int extent) {
    const int source = folded(position, extent);
    return (uint) source < (uint) extent ? source : -1;
}

int row_of(int window, int tap) {
    return source_of(window * STRIDE_H + tap * DILATION_H - TOP, HEIGHT);
}

int column_of(int window, int tap) {
    return source_of(window * STRIDE_W + tap * DILATION_W - LEFT, WIDTH);
}

int weight_index(int output, int position, int input, int tap) {
    const int row = SHARED ? output : output * OUT_AREA + position;
    return (row * INPUTS + input) * KERNEL_AREA + tap;
}

bool is_connected(const __global float *table, int output, int input) {
#if TABLE
    return table[output * INPUTS + input] != 0.0f;
#else
    return true;
#endif
}

__kernel void direct_forward(const __global float *weight, long weightOffset, long weightStride,
        const __global float *x, long xOffset, long xStride, __global float *y, long yOffset, long yStride,
        const __global float *bias, long biasOffset, const __global float *table, int activation, float slope) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= GROUPS * OUTPUTS * OUT_AREA) {
        return;
    }
    const int output = i / OUT_AREA;
    const int position = i % OUT_AREA;
    const __global float *image = x + xOffset + sample * xStride + output / OUTPUTS * INPUTS * AREA;
    float sum = BIAS ? bias[biasOffset + (SHARED ? output : i)] : 0.0f;
    for (int input = 0; input < INPUTS; input++) {
        if (!is_connected(table, output, input)) {
            continue;
        }
        const __global float *weights = weight + weightOffset + weight_index(output, position, input, 0);
        for (int u = 0; u < KERNEL_H; u++) {
            const int row = row_of(position / OUT_WIDTH, u);
            if (row < 0) {
                continue;
            }
            for (int v = 0; v < KERNEL_W; v++) {
                const int column = column_of(position % OUT_WIDTH, v);
                if (column >= 0) {
                    sum += weights[u * KERNEL_W + v] * image[(input * HEIGHT + row) * WIDTH + column];
                }
            }
        }
    }
    y[yOffset + sample * yStride + i] = activate(sum, activation, slope);
}

// The windows whose tap may read an element: with zeros in the padding there is at most one along an axis.
int first_window(int element, int before, int offset, int stride, int windows) {
    const int reach = element + before - offset;
    return MODE > 0 ? 0 : reach < 0 ? windows : reach / stride;
}

int end_window(int first, int windows) {
    return MODE > 0 ? windows : min(first + 1, windows);
}

__kernel void direct_input(const __global float *weight, long weightOffset, long weightStride,
        const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset, long dxStride,
        const __global float *table, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= GROUPS * INPUTS * AREA) {
        return;
    }
    const int input = i / AREA % INPUTS;
    const int firstOutput = i / AREA / INPUTS * OUTPUTS;
    const int h = i % AREA / WIDTH;
    const int w = i % WIDTH;
    const __global float *gradients = dy + dyOffset + sample * dyStride;
    float sum = 0.0f;
    for (int u = 0; u < KERNEL_H; u++) {
        const int firstRow = first_window(h, TOP, u * DILATION_H, STRIDE_H, OUT_HEIGHT);
        for (int row = firstRow; row < end_window(firstRow, OUT_HEIGHT); row++) {
            if (row_of(row, u) != h) {
                continue;
            }
            for (int v = 0; v < KERNEL_W; v++) {
                const int firstColumn = first_window(w, LEFT, v * DILATION_W, STRIDE_W, OUT_WIDTH);
                for (int column = firstColumn; column < end_window(firstColumn, OUT_WIDTH); column++) {
                    if (column_of(column, v) != w) {
                        continue;
                    }
                    const int position = row * OUT_WIDTH + column;
                    for (int output = firstOutput; output < firstOutput + OUTPUTS; output++) {
                        if (is_connected(table, output, input)) {
                            sum += weight[weightOffset + weight_index(output, position, input, u * KERNEL_W + v)]
                                    * gradients[output * OUT_AREA + position];
                        }
                    }
                }
            }
        }
    }
    __global float *target = dx + dxOffset + sample * dxStride + i;
    *target = accumulate ? *target + sum : sum;
}

// What one output contributes to the gradient of a weight.
float weight_term(const __global float *dy, const __global float *x, int output, int position, int input, int tap) {
    const int row = row_of(position / OUT_WIDTH, tap / KERNEL_W);
    const int column = column_of(position % OUT_WIDTH, tap % KERNEL_W);
    if (row < 0 || column < 0) {
        return 0.0f;
    }
    const int plane = output / OUTPUTS * INPUTS + input;
    return dy[output * OUT_AREA + position] * x[(plane * HEIGHT + row) * WIDTH + column];
}

// Shared weights: a group takes one of them, and its items take turns at the positions of all samples.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void direct_weight(const __global float *dy, long dyOffset,
        long dyStride, const __global float *x, long xOffset, long xStride, __global float *gradient, long offset,
        long stride, const __global float *table, int accumulate, int batch) {
    __local float partial[ITEMS];
    const int index = get_group_id(0);
    const int item = get_local_id(0);
    const int tap = index % KERNEL_AREA;
    const int input = index / KERNEL_AREA % INPUTS;
    const int output = index / KERNEL_AREA / INPUTS;
    float sum = 0.0f;
    if (is_connected(table, output, input)) {
        for (int sample = 0; sample < batch; sample++) {
            const __global float *gradients = dy + dyOffset + sample * dyStride;
            const __global float *image = x + xOffset + sample * xStride;
            for (int position = item; position < OUT_AREA; position += ITEMS) {
                sum += weight_term(gradients, image, output, position, input, tap);
            }
        }
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        __global float *target = gradient + offset + index;
        *target = accumulate ? *target + sum : sum;
    }
}

// Weights of one position: an item takes one of them.
__kernel void direct_position_weight(const __global float *dy, long dyOffset, long dyStride, const __global float *x,
        long xOffset, long xStride, __global float *gradient, long offset, long stride, const __global float *table,
        int accumulate, int batch) {
    const int index = get_global_id(0);
    if (index >= GROUPS * OUTPUTS * OUT_AREA * INPUTS * KERNEL_AREA) {
        return;
    }
    const int tap = index % KERNEL_AREA;
    const int input = index / KERNEL_AREA % INPUTS;
    const int position = index / KERNEL_AREA / INPUTS % OUT_AREA;
    const int output = index / KERNEL_AREA / INPUTS / OUT_AREA;
    float sum = 0.0f;
    for (int sample = 0; sample < batch; sample++) {
        sum += weight_term(dy + dyOffset + sample * dyStride, x + xOffset + sample * xStride, output, position, input, tap);
    }
    __global float *target = gradient + offset + index;
    *target = accumulate ? *target + sum : sum;
}
