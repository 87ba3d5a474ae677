// Dropout of elements, channels or whole samples: what is dropped together is a unit. A unit is kept where its random number
// reaches the threshold; y = x·m, or for gradients dx = dy·m, with m the factor or 0. The two tensors may be the same, element
// for element.
#include "philox.cl"

// Units of one element: an item does the four of a block of random numbers, along axis 0; a sample along axis 1.
__kernel void drop_elements(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, int elements, int unit, int accumulate, uint threshold, float factor, ulong seed, ulong stream) {
    const int blocks = (elements + 3) / 4;
    const int block = get_global_id(0);
    const int sample = get_global_id(1);
    if (block >= blocks) {
        return;
    }
    uint words[4];
    vstore4(philox(seed, stream, (ulong) sample * blocks + block), 0, words);
    const __global float *in = x + xOffset + sample * xStride;
    __global float *out = y + yOffset + sample * yStride;
    for (int i = block * 4; i < min(block * 4 + 4, elements); i++) {
        const float value = in[i] * (words[i % 4] >= threshold ? factor : 0.0f);
        out[i] = accumulate ? out[i] + value : value;
    }
}

// Longer units: an item does an element, and draws for all of its unit.
__kernel void drop_units(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, int elements, int unit, int accumulate, uint threshold, float factor, ulong seed, ulong stream) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= elements) {
        return;
    }
    const int blocks = (elements / unit + 3) / 4;
    uint words[4];
    vstore4(philox(seed, stream, (ulong) sample * blocks + i / unit / 4), 0, words);
    const float value = x[xOffset + sample * xStride + i] * (words[i / unit % 4] >= threshold ? factor : 0.0f);
    __global float *target = y + yOffset + sample * yStride + i;
    *target = accumulate ? *target + value : value;
}
