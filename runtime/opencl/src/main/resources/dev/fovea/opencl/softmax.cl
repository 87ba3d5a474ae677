// Softmax and its logarithm over the channels at each position, and the cross entropy of it with a class. Where there is
// one position a group of ITEMS shares its channels; else ITEMS is 1 and each item has a position of its own.
//! CHANNELS    channels, or classes
//! AREA        positions
//! LOGARITHM   whether probabilities are given as logarithms
//! SMOOTHING      share of the target that is spread over all classes
//! HAS_SMOOTHING  whether that share is more than 0
#include "reduction.cl"

// With several items to a position there are barriers ahead, and no items beyond the last position.
#if ITEMS == 1
#define LEAVE_IF_OUTSIDE(position) \
    if (position >= AREA) { \
        return; \
    }
#else
#define LEAVE_IF_OUTSIDE(position)
#endif

// The largest of an item's channels and those of its group.
float largest_channel(const __global float *x, int item, __local float *partial) {
    float largest = -INFINITY;
    for (int c = item; c < CHANNELS; c += ITEMS) {
        largest = fmax(largest, x[c * AREA]);
    }
    return group_max(partial, item, largest);
}

// Σ exp(x − largest) over the channels.
float exponential_sum(const __global float *x, float largest, int item, __local float *partial) {
    float sum = 0.0f;
    for (int c = item; c < CHANNELS; c += ITEMS) {
        sum += exp(x[c * AREA] - largest);
    }
    return group_sum(partial, item, sum);
}

__kernel void softmax_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride) {
    __local float partial[ITEMS];
    const int position = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    const int sample = get_global_id(1);
    LEAVE_IF_OUTSIDE(position)
    const __global float *in = x + xOffset + sample * xStride + position;
    __global float *out = y + yOffset + sample * yStride + position;
    const float largest = largest_channel(in, item, partial);
    const float sum = exponential_sum(in, largest, item, partial);
    const float logarithm = log(sum);
    for (int c = item; c < CHANNELS; c += ITEMS) {
        const float shifted = in[c * AREA] - largest;
        out[c * AREA] = LOGARITHM ? shifted - logarithm : exp(shifted) / sum;
    }
}

// dx = y·(dy − Σ dy·y), or with logarithms dx = dy − exp(y)·Σ dy.
__kernel void softmax_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *y,
        long yOffset, long yStride, __global float *dx, long dxOffset, long dxStride, int accumulate) {
    __local float partial[ITEMS];
    const int position = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    const int sample = get_global_id(1);
    LEAVE_IF_OUTSIDE(position)
    const __global float *gradient = dy + dyOffset + sample * dyStride + position;
    const __global float *values = y + yOffset + sample * yStride + position;
    __global float *target = dx + dxOffset + sample * dxStride + position;
    float sum = 0.0f;
    for (int c = item; c < CHANNELS; c += ITEMS) {
        sum += LOGARITHM ? gradient[c * AREA] : gradient[c * AREA] * values[c * AREA];
    }
    sum = group_sum(partial, item, sum);
    for (int c = item; c < CHANNELS; c += ITEMS) {
        const float value = values[c * AREA];
        const float result =
                LOGARITHM ? gradient[c * AREA] - exp(value) * sum : value * (gradient[c * AREA] - sum);
        target[c * AREA] = accumulate ? target[c * AREA] + result : result;
    }
}

// The loss at each position, −Σ q·log p with q[c] = (1 − s)·[c = label] + s/n; NaN where the label is no class.
__kernel void cross_entropy_forward(const __global float *x, long xOffset, long xStride, const __global float *labels,
        long labelsOffset, long labelsStride, __global float *losses, long lossesOffset, long lossesStride) {
    __local float partial[ITEMS];
    const int position = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    const int sample = get_global_id(1);
    LEAVE_IF_OUTSIDE(position)
    const __global float *logits = x + xOffset + sample * xStride + position;
    const float largest = largest_channel(logits, item, partial);
    const float logarithm = log(exponential_sum(logits, largest, item, partial));
    float all = 0.0f;
#if HAS_SMOOTHING
    for (int c = item; c < CHANNELS; c += ITEMS) {
        all += logarithm - (logits[c * AREA] - largest);
    }
    all = group_sum(partial, item, all);
#endif
    if (item == 0) {
        const float label = labels[labelsOffset + sample * labelsStride + position];
        const bool known = label >= 0.0f && label < CHANNELS;
        const float own = known ? logarithm - (logits[(int) label * AREA] - largest) : NAN;
        losses[lossesOffset + sample * lossesStride + position] = (1.0f - SMOOTHING) * own + SMOOTHING / CHANNELS * all;
    }
}

// The mean over the positions.
__kernel void cross_entropy_mean(const __global float *losses, __global float *y, long yOffset, long yStride, int batch) {
    const int sample = get_global_id(0);
    if (sample < batch) {
        float sum = 0.0f;
        for (int position = 0; position < AREA; position++) {
            sum += losses[(long) sample * AREA + position];
        }
        y[yOffset + sample * yStride] = sum / AREA;
    }
}

// dx = dy·(p − q) / positions.
__kernel void cross_entropy_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *x,
        long xOffset, long xStride, const __global float *labels, long labelsOffset, long labelsStride,
        __global float *dx, long dxOffset, long dxStride, int accumulate) {
    __local float partial[ITEMS];
    const int position = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    const int sample = get_global_id(1);
    LEAVE_IF_OUTSIDE(position)
    const __global float *logits = x + xOffset + sample * xStride + position;
    __global float *target = dx + dxOffset + sample * dxStride + position;
    const float largest = largest_channel(logits, item, partial);
    const float sum = exponential_sum(logits, largest, item, partial);
    const int label = (int) labels[labelsOffset + sample * labelsStride + position];
    const float factor = dy[dyOffset + sample * dyStride] / AREA;
    for (int c = item; c < CHANNELS; c += ITEMS) {
        const float wanted = (c == label ? 1.0f - SMOOTHING : 0.0f) + SMOOTHING / CHANNELS;
        const float gradient = factor * (exp(logits[c * AREA] - largest) / sum - wanted);
        target[c * AREA] = accumulate ? target[c * AREA] + gradient : gradient;
    }
}
