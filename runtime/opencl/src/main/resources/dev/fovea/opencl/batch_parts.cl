// The sums over a channel of the whole batch that batch norm needs, for devices with more compute units than there are
// channels: a group takes some samples of a channel, and what the groups have found is put together afterwards, always in the
// same order.
//! CHANNELS    channels
//! AREA        positions
//! PARTS       parts that the batch is cut into
//! EPS         what is added to the variance
#include "reduction.cl"

// Elements that an item reads before it waits for the first of them.
#define ABREAST 4

int first_sample(int part, int batch) {
    return (int) ((long) batch * part / PARTS);
}

int count_of(int part, int batch) {
    return (first_sample(part + 1, batch) - first_sample(part, batch)) * AREA;
}

float sum_of(const float *values) {
    return (values[0] + values[1]) + (values[2] + values[3]);
}

// Σ (x − centre) and Σ (x − centre)² over the item's share of so many elements of a channel.
float2 moments(const __global float *in, long stride, int count, int item, float centre) {
    float rests[ABREAST] = {0.0f, 0.0f, 0.0f, 0.0f};
    float squares[ABREAST] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int first = item; first < count; first += ABREAST * ITEMS) {
#pragma unroll
        for (int k = 0; k < ABREAST; k++) {
            const int i = first + k * ITEMS;
            const float x = in[i < count ? i / AREA * stride + i % AREA : 0];
            const float difference = i < count ? x - centre : 0.0f;
            rests[k] += difference;
            squares[k] += difference * difference;
        }
    }
    return (float2)(sum_of(rests), sum_of(squares));
}

// Of each part of each channel the mean and the sum of squared differences from it.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void measure_part(const __global float *x, long xOffset,
        long xStride, __global float *parts, long partsOffset, int batch) {
    __local float partial[ITEMS];
    const int item = get_local_id(0);
    const int channel = get_group_id(0);
    const int part = get_group_id(1);
    const int count = count_of(part, batch);
    const __global float *in = x + xOffset + first_sample(part, batch) * xStride + channel * AREA;
    const float share = count > 0 ? 1.0f / count : 0.0f;
    const float centre = group_sum(partial, item, moments(in, xStride, count, item, 0.0f).x) * share;
    const float2 sums = moments(in, xStride, count, item, centre);
    // About a number close to the mean, less what that lacks: no digits are lost, whatever the mean.
    const float rest = group_sum(partial, item, sums.x);
    const float squares = group_sum(partial, item, sums.y);
    if (item == 0) {
        __global float *target = parts + partsOffset + 2 * (channel * PARTS + part);
        target[0] = centre + rest * share;
        target[1] = fmax(0.0f, squares - rest * rest * share);
    }
}

// The statistics from those of the parts: Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing
// Sample Variances", 1979.
__kernel void join_parts(const __global float *parts, long partsOffset, __global float *statistics, long statisticsOffset,
        int batch, __global float *runningMean, long runningMeanOffset, __global float *runningVariance,
        long runningVarianceOffset, float momentum) {
    const int channel = get_global_id(0);
    if (channel >= CHANNELS) {
        return;
    }
    const __global float *own = parts + partsOffset + 2 * channel * PARTS;
    const float total = (float) batch * AREA;
    float mean = 0.0f;
    for (int part = 0; part < PARTS; part++) {
        mean += own[2 * part] * (count_of(part, batch) / total);
    }
    float squares = 0.0f;
    for (int part = 0; part < PARTS; part++) {
        const float difference = own[2 * part] - mean;
        squares += own[2 * part + 1] + count_of(part, batch) * difference * difference;
    }
    const float variance = squares / total;
    statistics[statisticsOffset + channel] = mean;
    statistics[statisticsOffset + CHANNELS + channel] = 1.0f / sqrt(variance + EPS);
    const float unbiased = total > 1.0f ? squares / (total - 1.0f) : 0.0f;
    __global float *running = runningMean + runningMeanOffset + channel;
    __global float *spread = runningVariance + runningVarianceOffset + channel;
    *running = (1.0f - momentum) * *running + momentum * mean;
    *spread = (1.0f - momentum) * *spread + momentum * unbiased;
}

// Of each part of each channel Σ dy and Σ dy·(x − mean).
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void sum_part(const __global float *dy, long dyOffset,
        long dyStride, const __global float *x, long xOffset, long xStride, const __global float *statistics,
        long statisticsOffset, __global float *parts, long partsOffset, int batch) {
    __local float partial[ITEMS];
    const int item = get_local_id(0);
    const int channel = get_group_id(0);
    const int part = get_group_id(1);
    const int count = count_of(part, batch);
    const __global float *in = x + xOffset + first_sample(part, batch) * xStride + channel * AREA;
    const __global float *gradients = dy + dyOffset + first_sample(part, batch) * dyStride + channel * AREA;
    const float mean = statistics[statisticsOffset + channel];
    float plain[ABREAST] = {0.0f, 0.0f, 0.0f, 0.0f};
    float products[ABREAST] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int first = item; first < count; first += ABREAST * ITEMS) {
#pragma unroll
        for (int k = 0; k < ABREAST; k++) {
            const int i = first + k * ITEMS;
            const int at = i < count ? i / AREA : 0;
            const int position = i < count ? i % AREA : 0;
            const float read = gradients[at * dyStride + position];
            const float gradient = i < count ? read : 0.0f;
            plain[k] += gradient;
            products[k] += gradient * (in[at * xStride + position] - mean);
        }
    }
    const float sum = group_sum(partial, item, sum_of(plain));
    const float dot = group_sum(partial, item, sum_of(products));
    if (item == 0) {
        __global float *target = parts + partsOffset + 2 * (channel * PARTS + part);
        target[0] = sum;
        target[1] = dot;
    }
}

// The sums of all channels, then as many products, from those of the parts.
__kernel void add_parts(const __global float *parts, long partsOffset, __global float *sums) {
    const int channel = get_global_id(0);
    if (channel < CHANNELS) {
        const __global float *own = parts + partsOffset + 2 * channel * PARTS;
        float sum = 0.0f;
        float dot = 0.0f;
        for (int part = 0; part < PARTS; part++) {
            sum += own[2 * part];
            dot += own[2 * part + 1];
        }
        sums[channel] = sum;
        sums[CHANNELS + channel] = dot;
    }
}
