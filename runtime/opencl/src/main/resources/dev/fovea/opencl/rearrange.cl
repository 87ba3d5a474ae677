// Elements that are only moved: slices, paddings, crops, shuffles, repetitions. An element of the output lies at
// slots[channel] + places[position] in the input, or nowhere, where either is negative, and is 0 then. One item an element
// of what is written along axis 0, one sample along axis 1.

__kernel void gather(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset, long yStride,
        const __global int *slots, const __global int *places, int channels, int area) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < channels * area) {
        const int slot = slots[i / area];
        const int place = places[i % area];
        const bool inside = (slot >= 0) & (place >= 0);
        const float value = x[xOffset + sample * xStride + (inside ? slot + place : 0)];
        y[yOffset + sample * yStride + i] = inside ? value : 0.0f;
    }
}

// What each element of the input gets back, in the order of the output. For each slot of the input the first table says
// which channels of the output read it, for each place in a slot the second which positions do: where their lists begin,
// then the lists.
__kernel void gather_back(const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset,
        long dxStride, const __global int *channels, const __global int *positions, int slots, int slotSize, int area,
        int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= slots * slotSize) {
        return;
    }
    const __global float *gradients = dy + dyOffset + sample * dyStride;
    const int slot = i / slotSize;
    const int place = i % slotSize;
    float sum = 0.0f;
    for (int c = channels[slot]; c < channels[slot + 1]; c++) {
        for (int p = positions[place]; p < positions[place + 1]; p++) {
            sum += gradients[channels[slots + 1 + c] * area + positions[slotSize + 1 + p]];
        }
    }
    __global float *target = dx + dxOffset + sample * dxStride + i;
    *target = accumulate ? *target + sum : sum;
}

// Runs of one tensor become runs of another, each as long, that begin elsewhere and lie farther apart.
__kernel void copy_runs(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset, long yStride,
        int elements, int run, int xPitch, int yPitch, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float value = x[xOffset + sample * xStride + i / run * xPitch + i % run];
        __global float *target = y + yOffset + sample * yStride + i / run * yPitch + i % run;
        *target = accumulate ? *target + value : value;
    }
}
