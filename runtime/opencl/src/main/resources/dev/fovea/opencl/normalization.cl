// Normalisation: y = (x − mean)·r·weight + bias with r = 1/√(var + eps), mean and variance over a set of elements. Batch
// norm's sets are the channels of the whole batch, group norm's are groups of channels of a sample, layer norm's the channels
// of a position.
//! OVER        what a set is: 0 a channel of the batch, 1 channels of a sample, 2 the channels of a position
//! CHANNELS    channels
//! AREA        positions
//! SHARE       channels in a set of channels of a sample; else 1
//! AFFINE      whether there are a weight and a bias
//! EPS         what is added to the variance
//! ACTIVATION  of those in activations.cl the one that elements go through; 0 where they go through none
#include "vectors.cl"
#include "reduction.cl"
#include "activations.cl"

#define OVER_BATCH (OVER == 0)
#define OVER_CHANNELS (OVER == 1)

// The sets of one sample, or of the batch.
#if OVER_BATCH
#define SETS CHANNELS
#elif OVER_CHANNELS
#define SETS (CHANNELS / SHARE)
#else
#define SETS AREA
#endif

// Where many items have a set each, those beyond the last have nothing to do. Where a group shares one, there are none.
#if ITEMS == 1
#define LEAVE_IF_OUTSIDE(index, count) \
    if (index >= count) { \
        return; \
    }
#else
#define LEAVE_IF_OUTSIDE(index, count)
#endif

// Elements that are added up by themselves before they are added to the rest: sums of very many keep their digits.
#define BLOCK 64

int elements_of_set(int batch) {
#if OVER_BATCH
    return batch * AREA;
#elif OVER_CHANNELS
    return SHARE * AREA;
#else
    return CHANNELS;
#endif
}

// Where an element of a set lies, from the start of its sample or of the batch.
long element_at(int set, int element, long stride) {
#if OVER_BATCH
    return element / AREA * stride + set * AREA + element % AREA;
#elif OVER_CHANNELS
    return set * SHARE * AREA + element;
#else
    return element * AREA + set;
#endif
}

int channel_of(int set, int element) {
#if OVER_BATCH
    return set;
#elif OVER_CHANNELS
    return set * SHARE + element / AREA;
#else
    return element;
#endif
}

// The set of an element of a sample.
int set_of(int element) {
#if OVER_BATCH
    return element / AREA;
#elif OVER_CHANNELS
    return element / (SHARE * AREA);
#else
    return element % AREA;
#endif
}

float weight_of(const __global float *weight, int channel) {
    return AFFINE ? weight[channel] : 1.0f;
}

#if ITEMS == 1 && OVER != 2
// An item by itself adds up a whole set, a channel of a sample at a time, whose elements lie side by side, by vectors.
#define STRETCHES(batch) (OVER_BATCH ? batch : SHARE)

long stretch_at(int set, int stretch, long stride) {
    return OVER_BATCH ? stretch * stride + set * AREA : (long) (set * SHARE + stretch) * AREA;
}

// Σ (x − centre)² and Σ (x − centre) over the item's share of a set.
float2 moments(const __global float *in, int set, int item, long stride, int batch, float centre) {
    float2 sums = 0.0f;
    for (int stretch = 0; stretch < STRETCHES(batch); stretch++) {
        const __global float *x = in + stretch_at(set, stretch, stride);
        vec squares = 0.0f;
        vec rests = 0.0f;
        int i = 0;
        for (; i + VECTOR <= AREA; i += VECTOR) {
            const vec difference = LOAD_VECTOR(x + i) - centre;
            squares += difference * difference;
            rests += difference;
        }
        float2 part = (float2)(vector_sum(squares), vector_sum(rests));
        for (; i < AREA; i++) {
            const float difference = x[i] - centre;
            part += (float2)(difference * difference, difference);
        }
        sums += part;
    }
    return sums;
}

// Σ g and Σ g·(x − mean) over the item's share of a set, with g = weight·dy, over the batch g = dy.
float2 dots(const __global float *gradients, long dyStride, const __global float *in, long xStride,
        const __global float *weight, int set, int item, int batch, float mean) {
    float2 sums = 0.0f;
    for (int stretch = 0; stretch < STRETCHES(batch); stretch++) {
        const __global float *dy = gradients + stretch_at(set, stretch, dyStride);
        const __global float *x = in + stretch_at(set, stretch, xStride);
        vec plain = 0.0f;
        vec products = 0.0f;
        int i = 0;
        for (; i + VECTOR <= AREA; i += VECTOR) {
            const vec gradient = LOAD_VECTOR(dy + i);
            plain += gradient;
            products += gradient * (LOAD_VECTOR(x + i) - mean);
        }
        float2 part = (float2)(vector_sum(plain), vector_sum(products));
        for (; i < AREA; i++) {
            part += (float2)(dy[i], dy[i] * (x[i] - mean));
        }
        sums += OVER_BATCH ? part : part * weight_of(weight, set * SHARE + stretch);
    }
    return sums;
}
#else
// Σ (x − centre)² and Σ (x − centre) over the item's share of a set.
float2 moments(const __global float *in, int set, int item, long stride, int batch, float centre) {
    const int count = elements_of_set(batch);
    float2 sums = 0.0f;
    for (int i = item; i < count;) {
        float2 part = 0.0f;
        for (int k = 0; k < BLOCK && i < count; k++, i += ITEMS) {
            const float difference = in[element_at(set, i, stride)] - centre;
            part += (float2)(difference * difference, difference);
        }
        sums += part;
    }
    return sums;
}

// Σ g and Σ g·(x − mean) over the item's share of a set, with g = weight·dy, over the batch g = dy.
float2 dots(const __global float *gradients, long dyStride, const __global float *in, long xStride,
        const __global float *weight, int set, int item, int batch, float mean) {
    const int count = elements_of_set(batch);
    float2 sums = 0.0f;
    for (int i = item; i < count;) {
        float2 part = 0.0f;
        for (int k = 0; k < BLOCK && i < count; k++, i += ITEMS) {
            const float factor = OVER_BATCH ? 1.0f : weight_of(weight, channel_of(set, i));
            const float gradient = gradients[element_at(set, i, dyStride)] * factor;
            part += (float2)(gradient, gradient * (in[element_at(set, i, xStride)] - mean));
        }
        sums += part;
    }
    return sums;
}
#endif

// The means of the sets of a sample, then as many r. Of the batch there is one such pair of lists: its stride is 0.
__kernel void measure(const __global float *x, long xOffset, long xStride, __global float *statistics,
        long statisticsOffset, long statisticsStride, int batch, __global float *runningMean, long runningMeanOffset,
        __global float *runningVariance, long runningVarianceOffset, float momentum) {
    __local float partial[ITEMS];
    const int set = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    const int sample = get_global_id(1);
    LEAVE_IF_OUTSIDE(set, SETS)
    const __global float *in = x + xOffset + sample * xStride;
    const int count = elements_of_set(batch);
    const float centre = group_sum(partial, item, moments(in, set, item, xStride, batch, 0.0f).y) / count;
    const float2 sums = moments(in, set, item, xStride, batch, centre);
    const float squares = group_sum(partial, item, sums.x) / count;
    const float rests = group_sum(partial, item, sums.y) / count;
    if (item == 0) {
        // About a number close to the mean, less the square of what that lacks: no digits are lost, whatever the mean.
        const float variance = fmax(0.0f, squares - rests * rests);
        __global float *means = statistics + statisticsOffset + sample * statisticsStride;
        means[set] = centre + rests;
        means[SETS + set] = 1.0f / sqrt(variance + EPS);
#if OVER_BATCH
        __global float *mean = runningMean + runningMeanOffset + set;
        __global float *spread = runningVariance + runningVarianceOffset + set;
        const float unbiased = count > 1 ? variance * ((float) count / (count - 1)) : 0.0f;
        *mean = (1.0f - momentum) * *mean + momentum * (centre + rests);
        *spread = (1.0f - momentum) * *spread + momentum * unbiased;
#endif
    }
}

#if OVER_BATCH
// The same from the running statistics.
__kernel void recall(__global float *statistics, long statisticsOffset, const __global float *runningMean,
        long runningMeanOffset, const __global float *runningVariance, long runningVarianceOffset) {
    const int channel = get_global_id(0);
    if (channel < CHANNELS) {
        statistics[statisticsOffset + channel] = runningMean[runningMeanOffset + channel];
        statistics[statisticsOffset + CHANNELS + channel] =
                1.0f / sqrt(runningVariance[runningVarianceOffset + channel] + EPS);
    }
}
#endif

__kernel void normalize_elements(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset, long yStride,
        const __global float *statistics, long statisticsOffset, long statisticsStride, const __global float *weight,
        long weightOffset, const __global float *bias, long biasOffset, float slope) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CHANNELS * AREA) {
        const __global float *means = statistics + statisticsOffset + sample * statisticsStride;
        const int set = set_of(i);
        const int channel = i / AREA;
        const float scale = means[SETS + set] * weight_of(weight + weightOffset, channel);
        const float shift = AFFINE ? bias[biasOffset + channel] : 0.0f;
        const float value = (x[xOffset + sample * xStride + i] - means[set]) * scale + shift;
        y[yOffset + sample * yStride + i] = activate(value, ACTIVATION, slope);
    }
}

// For each set Σ g and Σ g·(x − mean), with g = weight·dy; over the batch, where a set has one weight, g = dy, and the sums
// give the gradients of weight and bias too. The sums of a sample lie one list behind the other.
__kernel void set_sums(const __global float *dy, long dyOffset, long dyStride, const __global float *x, long xOffset,
        long xStride, const __global float *statistics, long statisticsOffset, long statisticsStride,
        const __global float *weight, long weightOffset, __global float *sums, int batch) {
    __local float partial[ITEMS];
    const int set = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    const int sample = get_global_id(1);
    LEAVE_IF_OUTSIDE(set, SETS)
    const __global float *gradients = dy + dyOffset + sample * dyStride;
    const __global float *in = x + xOffset + sample * xStride;
    const float mean = statistics[statisticsOffset + sample * statisticsStride + set];
    const float2 own = dots(gradients, dyStride, in, xStride, weight + weightOffset, set, item, batch, mean);
    const float sum = group_sum(partial, item, own.x);
    const float dot = group_sum(partial, item, own.y);
    if (item == 0) {
        sums[(long) sample * 2 * SETS + set] = sum;
        sums[(long) sample * 2 * SETS + SETS + set] = dot;
    }
}

// dx = r·(g − Σ g/n − (x − mean)·r²·Σ g·(x − mean)/n); without the sums where the statistics are not of this batch.
__kernel void input_gradient(const __global float *dy, long dyOffset, long dyStride, const __global float *x, long xOffset,
        long xStride, __global float *dx, long dxOffset, long dxStride, const __global float *statistics,
        long statisticsOffset, long statisticsStride, const __global float *weight, long weightOffset,
        const __global float *sums, int accumulate, int batch, int measured) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * AREA) {
        return;
    }
    const __global float *means = statistics + statisticsOffset + sample * statisticsStride;
    const int set = set_of(i);
    const float scale = means[SETS + set];
    const float factor = weight_of(weight + weightOffset, i / AREA);
    float gradient = dy[dyOffset + sample * dyStride + i] * (OVER_BATCH ? 1.0f : factor);
    if (measured) {
        const __global float *own = sums + (OVER_BATCH ? 0 : (long) sample * 2 * SETS);
        const float difference = x[xOffset + sample * xStride + i] - means[set];
        gradient -= (own[set] + difference * scale * scale * own[SETS + set]) / elements_of_set(batch);
    }
    gradient *= OVER_BATCH ? scale * factor : scale;
    __global float *target = dx + dxOffset + sample * dxStride + i;
    *target = accumulate ? *target + gradient : gradient;
}

#if OVER_BATCH
// The gradients of weight and bias from the sums.
__kernel void channel_gradients(const __global float *sums, const __global float *statistics, long statisticsOffset,
        __global float *weightGradient, long weightOffset, __global float *biasGradient, long biasOffset,
        int accumulateWeight, int accumulateBias) {
    const int channel = get_global_id(0);
    if (channel < CHANNELS) {
        const float sum = sums[channel];
        const float dot = sums[CHANNELS + channel] * statistics[statisticsOffset + CHANNELS + channel];
        __global float *weight = weightGradient + weightOffset + channel;
        __global float *bias = biasGradient + biasOffset + channel;
        *weight = accumulateWeight ? *weight + dot : dot;
        *bias = accumulateBias ? *bias + sum : sum;
    }
}
#endif

// The gradients of weight and bias: Σ dy·(x − mean)·r and Σ dy, over all positions of all samples of a channel.
__kernel void parameter_gradients(const __global float *dy, long dyOffset, long dyStride, const __global float *x,
        long xOffset, long xStride, const __global float *statistics, long statisticsOffset, long statisticsStride,
        __global float *weightGradient, long weightOffset, __global float *biasGradient, long biasOffset,
        int accumulateWeight, int accumulateBias, int batch) {
    __local float partial[ITEMS];
    const int channel = get_global_id(0) / ITEMS;
    const int item = get_global_id(0) % ITEMS;
    LEAVE_IF_OUTSIDE(channel, CHANNELS)
    const int count = batch * AREA;
    float sum = 0.0f;
    float dot = 0.0f;
    for (int i = item; i < count;) {
        float part = 0.0f;
        float dotPart = 0.0f;
        for (int k = 0; k < BLOCK && i < count; k++, i += ITEMS) {
            const int sample = i / AREA;
            const int element = channel * AREA + i % AREA;
            const __global float *means = statistics + statisticsOffset + sample * statisticsStride;
            const int set = set_of(element);
            const float gradient = dy[dyOffset + sample * dyStride + element];
            part += gradient;
            dotPart += gradient * ((x[xOffset + sample * xStride + element] - means[set]) * means[SETS + set]);
        }
        sum += part;
        dot += dotPart;
    }
    sum = group_sum(partial, item, sum);
    dot = group_sum(partial, item, dot);
    if (item == 0) {
        __global float *weight = weightGradient + weightOffset + channel;
        __global float *bias = biasGradient + biasOffset + channel;
        *weight = accumulateWeight ? *weight + dot : dot;
        *bias = accumulateBias ? *bias + sum : sum;
    }
}
