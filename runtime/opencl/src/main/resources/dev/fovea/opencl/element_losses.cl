// The losses that add up what each element of a prediction and of a target contributes: their mean, or their sum.
//! SIZE        elements of a sample
//! LOSS        which one: ABSOLUTE, ROUNDED, LIKELIHOOD, LOGIT_LIKELIHOOD, DIVERGENCE or SQUARED
//! DELTA       where the parabola of ROUNDED ends
//! HAS_TARGET  whether there is a target; else it is 0
//! SHARE       the factor of the sum
#include "logarithms.cl"
#include "reduction.cl"

#define ABSOLUTE 0
#define ROUNDED 1
#define LIKELIHOOD 2
#define LOGIT_LIKELIHOOD 3
#define DIVERGENCE 4
#define SQUARED 5

// As in PyTorch a logarithm is at least −100. A comparison, not fmax, which would lose a NaN.
float bounded(float logarithm) {
    return logarithm < -100.0f ? -100.0f : logarithm;
}

float value(float p, float t) {
#if LOSS == ABSOLUTE
    return fabs(p - t);
#elif LOSS == ROUNDED
    const float distance = fabs(p - t);
    return distance < DELTA ? 0.5f * distance * distance : DELTA * (distance - 0.5f * DELTA);
#elif LOSS == LIKELIHOOD
    return -t * bounded(log(p)) - (1.0f - t) * bounded(log1p(-p));
#elif LOSS == LOGIT_LIKELIHOOD
    return (p < 0.0f ? 0.0f : p) - p * t + log_of_one_more(exp(-fabs(p)));
#elif LOSS == SQUARED
    return (p - t) * (p - t);
#else
    return t == 0.0f ? 0.0f : t * (log(t) - p);
#endif
}

// The derivative by the prediction.
float slope(float p, float t) {
#if LOSS == ABSOLUTE
    return sign(p - t);
#elif LOSS == ROUNDED
    const float difference = p - t;
    return fabs(difference) < DELTA ? difference : DELTA * sign(difference);
#elif LOSS == LIKELIHOOD
    const float variance = p * (1.0f - p);
    return (p - t) / (variance < 1e-12f ? 1e-12f : variance);
#elif LOSS == LOGIT_LIKELIHOOD
    return 1.0f / (1.0f + exp(-p)) - t;
#elif LOSS == SQUARED
    return 2.0f * (p - t);
#else
    return -t;
#endif
}

// The derivative by the target.
float target_slope(float p, float t) {
#if LOSS == ABSOLUTE || LOSS == ROUNDED || LOSS == SQUARED
    return -slope(p, t);
#elif LOSS == LIKELIHOOD
    return bounded(log1p(-p)) - bounded(log(p));
#elif LOSS == LOGIT_LIKELIHOOD
    return -p;
#else
    return log(t) + 1.0f - p;
#endif
}

// So many values are worked out together, which can be done as vectors, and then added one after the other. It pays where they take long.
#define BLOCK (LOSS == LOGIT_LIKELIHOOD ? 16 : 1)

// One group a sample. Without a target the second tensor is the first again, and not read.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void element_loss_forward(const __global float *prediction,
        long predictionOffset, long predictionStride, const __global float *target, long targetOffset, long targetStride,
        __global float *y, long yOffset, long yStride) {
    __local float partial[ITEMS];
    const int item = get_local_id(0);
    const int sample = get_group_id(0);
    const __global float *p = prediction + predictionOffset + sample * predictionStride;
    const __global float *t = target + targetOffset + sample * targetStride;
    float sum = 0.0f;
    int i = item;
    for (; i + (BLOCK - 1) * ITEMS < SIZE; i += BLOCK * ITEMS) {
        float values[BLOCK];
        for (int k = 0; k < BLOCK; k++) {
            values[k] = value(p[i + k * ITEMS], HAS_TARGET ? t[i + k * ITEMS] : 0.0f);
        }
        for (int k = 0; k < BLOCK; k++) {
            sum += values[k];
        }
    }
    for (; i < SIZE; i += ITEMS) {
        sum += value(p[i], HAS_TARGET ? t[i] : 0.0f);
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        y[yOffset + sample * yStride] = sum * SHARE;
    }
}

// The gradient of the prediction, or of the target.
__kernel void element_loss_backward(const __global float *dy, long dyOffset, long dyStride,
        const __global float *prediction, long predictionOffset, long predictionStride, const __global float *target,
        long targetOffset, long targetStride, __global float *dx, long dxOffset, long dxStride, int accumulate,
        int byTarget) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < SIZE) {
        const float p = prediction[predictionOffset + sample * predictionStride + i];
        const float t = HAS_TARGET ? target[targetOffset + sample * targetStride + i] : 0.0f;
        const float gradient = SHARE * dy[dyOffset + sample * dyStride] * (byTarget ? target_slope(p, t) : slope(p, t));
        __global float *result = dx + dxOffset + sample * dxStride + i;
        *result = accumulate ? *result + gradient : gradient;
    }
}
