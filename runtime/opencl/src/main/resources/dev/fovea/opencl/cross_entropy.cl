// The cross entropy of softmax over the channels at each position with a class, where a class may have a weight w.
//! CHANNELS       classes
//! AREA           positions
//! SMOOTHING      share of the target that is spread over all classes
//! HAS_SMOOTHING  whether that share is more than 0
//! WEIGHTED       whether classes have weights; else nothing is read from where these are
//! ALL_WEIGHTS    the sum of the weights
#include "softmax_rows.cl"

#if WEIGHTED
#define WEIGHT(c) weights[c]
#else
#define WEIGHT(c) 1.0f
#endif

// The class that a label names; -1 when it names none.
int class_of(float label) {
    return label >= 0.0f && label < CHANNELS ? (int) label : -1;
}

// The loss at each position, −Σ w·q·log p with q[c] = (1 − s)·[c = label] + s/n; NaN where the label is no class.
__kernel void cross_entropy_forward(const __global float *x, long xOffset, long xStride, const __global float *labels,
        long labelsOffset, long labelsStride, const __global float *weights, __global float *losses, long lossesOffset,
        long lossesStride) {
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
        all += WEIGHT(c) * (logarithm - (logits[c * AREA] - largest));
    }
    all = group_sum(partial, item, all);
#endif
    if (item == 0) {
        const int label = class_of(labels[labelsOffset + sample * labelsStride + position]);
        const float own = label < 0 ? NAN : WEIGHT(label) * (logarithm - (logits[label * AREA] - largest));
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

// dx = dy·(p·Σ w·q − w·q) / positions.
__kernel void cross_entropy_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *x,
        long xOffset, long xStride, const __global float *labels, long labelsOffset, long labelsStride,
        __global float *dx, long dxOffset, long dxStride, const __global float *weights, int accumulate) {
    __local float partial[ITEMS];
    const int position = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    const int sample = get_global_id(1);
    LEAVE_IF_OUTSIDE(position)
    const __global float *logits = x + xOffset + sample * xStride + position;
    __global float *target = dx + dxOffset + sample * dxStride + position;
    const float largest = largest_channel(logits, item, partial);
    const float sum = exponential_sum(logits, largest, item, partial);
    const int label = class_of(labels[labelsOffset + sample * labelsStride + position]);
#if WEIGHTED
    const float all = SMOOTHING / CHANNELS * ALL_WEIGHTS + (label < 0 ? 0.0f : (1.0f - SMOOTHING) * weights[label]);
#else
    const float all = 1.0f;
#endif
    const float factor = dy[dyOffset + sample * dyStride] / AREA;
    for (int c = item; c < CHANNELS; c += ITEMS) {
        const float wanted = WEIGHT(c) * ((c == label ? 1.0f - SMOOTHING : 0.0f) + SMOOTHING / CHANNELS);
        const float gradient = factor * (exp(logits[c * AREA] - largest) / sum * all - wanted);
        target[c * AREA] = accumulate ? target[c * AREA] + gradient : gradient;
    }
}
