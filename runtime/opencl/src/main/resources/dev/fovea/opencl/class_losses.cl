// The negative log-likelihood and the hinge loss of class labels. A label that is no class makes the loss NaN.
//! CLASSES     classes, or channels
//! AREA        positions with a label of their own
//! MARGIN      by which the right score is to exceed the others
#include "reduction.cl"

// The class at a position; −1 when the label is none.
int class_at(const __global float *labels, int position) {
    const float label = labels[position];
    return label >= 0.0f && label < CLASSES ? (int) label : -1;
}

// One group a sample: the mean over its positions.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void nll_forward(const __global float *x, long xOffset,
        long xStride, const __global float *labels, long labelsOffset, long labelsStride, __global float *y,
        long yOffset, long yStride) {
    __local float partial[ITEMS];
    const int item = get_local_id(0);
    const int sample = get_group_id(0);
    float sum = 0.0f;
    for (int position = item; position < AREA; position += ITEMS) {
        const int label = class_at(labels + labelsOffset + sample * labelsStride, position);
        sum -= label < 0 ? NAN : x[xOffset + sample * xStride + label * AREA + position];
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        y[yOffset + sample * yStride] = sum / AREA;
    }
}

__kernel void nll_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *labels,
        long labelsOffset, long labelsStride, __global float *dx, long dxOffset, long dxStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CLASSES * AREA) {
        const int label = class_at(labels + labelsOffset + sample * labelsStride, i % AREA);
        const float gradient = i / AREA == label ? -dy[dyOffset + sample * dyStride] / AREA : 0.0f;
        __global float *result = dx + dxOffset + sample * dxStride + i;
        *result = accumulate ? *result + gradient : gradient;
    }
}

// One group a sample.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void hinge_forward(const __global float *x, long xOffset,
        long xStride, const __global float *labels, long labelsOffset, long labelsStride, __global float *y,
        long yOffset, long yStride) {
    __local float partial[ITEMS];
    const int item = get_local_id(0);
    const int sample = get_group_id(0);
    const __global float *scores = x + xOffset + sample * xStride;
    const int label = class_at(labels + labelsOffset + sample * labelsStride, 0);
    float sum = label < 0 ? NAN : 0.0f;
    for (int c = item; c < CLASSES && label >= 0; c += ITEMS) {
        const float shortfall = MARGIN - scores[label] + scores[c];
        sum += c == label || shortfall < 0.0f ? 0.0f : shortfall; // a NaN goes on
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        y[yOffset + sample * yStride] = sum / CLASSES;
    }
}

// The right score's item counts the others that come too near.
__kernel void hinge_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *x,
        long xOffset, long xStride, const __global float *labels, long labelsOffset, long labelsStride,
        __global float *dx, long dxOffset, long dxStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CLASSES) {
        const __global float *scores = x + xOffset + sample * xStride;
        const int label = class_at(labels + labelsOffset + sample * labelsStride, 0);
        int share = 0;
        if (label >= 0) {
            for (int c = (i == label ? 0 : i); c < (i == label ? CLASSES : i + 1); c++) {
                share += c != label && MARGIN - scores[label] + scores[c] > 0.0f;
            }
            share = i == label ? -share : share;
        }
        const float gradient = share * dy[dyOffset + sample * dyStride] / CLASSES;
        __global float *result = dx + dxOffset + sample * dxStride + i;
        *result = accumulate ? *result + gradient : gradient;
    }
}
