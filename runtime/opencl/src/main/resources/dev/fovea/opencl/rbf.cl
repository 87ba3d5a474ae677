// Squared distances of a vector to fixed codes, one an item. The differences are taken before they are squared: expanded into
// products they would cancel near a code.
//! INPUTS      elements of the vector
//! UNITS       codes

__kernel void rbf_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride, const __global float *codes, long codesOffset, long codesStride) {
    const int unit = get_global_id(0);
    const int sample = get_global_id(1);
    if (unit < UNITS) {
        const __global float *vector = x + xOffset + sample * xStride;
        const __global float *code = codes + codesOffset + unit * INPUTS;
        float sum = 0.0f;
        for (int i = 0; i < INPUTS; i++) {
            const float difference = vector[i] - code[i];
            sum += difference * difference;
        }
        y[yOffset + sample * yStride + unit] = sum;
    }
}

__kernel void rbf_input(const __global float *x, long xOffset, long xStride, const __global float *dy, long dyOffset,
        long dyStride, __global float *dx, long dxOffset, long dxStride, const __global float *codes, long codesOffset,
        long codesStride, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < INPUTS) {
        const float value = x[xOffset + sample * xStride + i];
        float sum = 0.0f;
        for (int unit = 0; unit < UNITS; unit++) {
            sum += 2.0f * dy[dyOffset + sample * dyStride + unit] * (value - codes[codesOffset + unit * INPUTS + i]);
        }
        __global float *target = dx + dxOffset + sample * dxStride + i;
        *target = accumulate ? *target + sum : sum;
    }
}
