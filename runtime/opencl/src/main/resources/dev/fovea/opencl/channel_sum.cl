// The gradient of a bias: the sum of a channel over all positions of all samples.
#include "vectors.cl"
#include "reduction.cl"

// Where a channel has one position: neighbouring items take neighbouring channels.
__kernel void sum_vectors(const __global float *dy, long offset, long stride, __global float *sums, long sumsOffset,
        int accumulate, int batch, int channels) {
    const int channel = get_global_id(0);
    if (channel < channels) {
        float sum = 0.0f;
        for (int sample = 0; sample < batch; sample++) {
            sum += dy[offset + sample * stride + channel];
        }
        __global float *target = sums + sumsOffset + channel;
        *target = accumulate ? *target + sum : sum;
    }
}

// Else a group takes a channel, and its items take turns: first at whole vectors, then at what is left of each sample.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void sum_images(const __global float *dy, long offset,
        long stride, __global float *sums, long sumsOffset, int accumulate, int batch, int area) {
    __local float partial[ITEMS];
    const int item = get_local_id(0);
    const int channel = get_group_id(0);
    const __global float *first = dy + offset + channel * area;
    const int whole = area / VECTOR;
    const int rest = area % VECTOR;
    float sum = 0.0f;
    if (whole > 0) {
        vec vectors = 0.0f;
        for (int sample = item / whole, i = item % whole; sample < batch;) {
            vectors += LOAD_VECTOR(first + sample * stride + i * VECTOR);
            sample += ITEMS / whole;
            i += ITEMS % whole;
            if (i >= whole) {
                i -= whole;
                sample++;
            }
        }
        sum = vector_sum(vectors);
    }
    for (int i = item; i < rest * batch; i += ITEMS) {
        sum += first[i / rest * stride + whole * VECTOR + i % rest];
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        __global float *target = sums + sumsOffset + channel;
        *target = accumulate ? *target + sum : sum;
    }
}
