// What is multiplied by a factor of its channel: scale, layer_scale, and prelu, whose factor is that of negative elements. A
// factor of a sample of its own or of all samples: then the stride is 0; one of all channels: then a channel is as long as the
// sample.
//! ITEMS       work-items that share a sum, a power of two; a single one needs no tree
#include "reduction.cl"

// With several items to a sum there are barriers ahead, and no items beyond the last sum.
#if ITEMS == 1
#define LEAVE_IF_OUTSIDE(inside) \
    if (!(inside)) { \
        return; \
    }
#else
#define LEAVE_IF_OUTSIDE(inside)
#endif

// Whether an element takes the factor; a NaN does.
#define TAKES_FACTOR(x) !(negativeOnly && (x) > 0.0f)

// y = x·s, or for gradients with `value` dy, dx = dy·s, where x takes the factor; else y = x. One item an element along axis 0,
// one sample along axis 1.
__kernel void multiply(const __global float *value, long valueOffset, long valueStride, const __global float *x, long xOffset,
        long xStride, const __global float *s, long sOffset, long sStride, __global float *y, long yOffset, long yStride,
        int elements, int area, int negativeOnly, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float in = value[valueOffset + sample * valueStride + i];
        const float factor = s[sOffset + sample * sStride + i / area];
        const float out = TAKES_FACTOR(x[xOffset + sample * xStride + i]) ? in * factor : in;
        __global float *target = y + yOffset + sample * yStride + i;
        *target = accumulate ? *target + out : out;
    }
}

// The gradient of a factor of one sample: the sum of dy·x over the channel. ITEMS neighbouring items take a channel.
__kernel void plane_sums(const __global float *dy, long dyOffset, long dyStride, const __global float *x, long xOffset,
        long xStride, __global float *sums, long sumsOffset, long sumsStride, int channels, int area, int negativeOnly,
        int accumulate, int batch) {
    __local float partial[ITEMS];
    const int item = get_global_id(0) % ITEMS;
    const int plane = get_global_id(0) / ITEMS;
    LEAVE_IF_OUTSIDE(plane < channels * batch)
    const int sample = plane / channels;
    const int channel = plane % channels;
    const __global float *in = x + xOffset + sample * xStride + channel * area;
    const __global float *gradient = dy + dyOffset + sample * dyStride + channel * area;
    float sum = 0.0f;
    for (int i = item; i < area; i += ITEMS) {
        sum += TAKES_FACTOR(in[i]) ? gradient[i] * in[i] : 0.0f;
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        __global float *target = sums + sumsOffset + sample * sumsStride + channel;
        *target = accumulate ? *target + sum : sum;
    }
}

// The gradient of factors that serve all samples: the sums of a channel over the samples, or where one factor serves all
// channels, `parts`, of these too. ITEMS neighbouring items take a factor.
__kernel void add_up(const __global float *sums, __global float *gradient, long offset, int channels, int factors,
        int accumulate, int batch) {
    __local float partial[ITEMS];
    const int item = get_global_id(0) % ITEMS;
    const int factor = get_global_id(0) / ITEMS;
    LEAVE_IF_OUTSIDE(factor < factors)
    const int parts = channels / factors;
    float sum = 0.0f;
    for (int i = item; i < batch * parts; i += ITEMS) {
        sum += sums[i / parts * channels + factor * parts + i % parts];
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        __global float *target = gradient + offset + factor;
        *target = accumulate ? *target + sum : sum;
    }
}
