// Operators on two tensors of one shape: element by element, one item an element of a sample along axis 0, one sample along
// axis 1.

// y = a·b: forward, and with dy for one of the two the gradient of the other.
__kernel void product(const __global float *a, long aOffset, long aStride, const __global float *b, long bOffset,
        long bStride, __global float *y, long yOffset, long yStride, int elements, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float value = a[aOffset + sample * aStride + i] * b[bOffset + sample * bStride + i];
        __global float *target = y + yOffset + sample * yStride + i;
        *target = accumulate ? *target + value : value;
    }
}

// y = a − b.
__kernel void difference(const __global float *a, long aOffset, long aStride, const __global float *b, long bOffset,
        long bStride, __global float *y, long yOffset, long yStride, int elements) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        y[yOffset + sample * yStride + i] = a[aOffset + sample * aStride + i] - b[bOffset + sample * bStride + i];
    }
}

// What a difference hands back: dx = ±dy.
__kernel void take(const __global float *dy, long dyOffset, long dyStride, __global float *dx, long dxOffset, long dxStride,
        int elements, float sign, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < elements) {
        const float value = sign * dy[dyOffset + sample * dyStride + i];
        __global float *target = dx + dxOffset + sample * dxStride + i;
        *target = accumulate ? *target + value : value;
    }
}
