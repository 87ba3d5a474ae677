// Local response normalisation across channels: with s[c] = k + a·Σ x[i]² over the window of c, y = x·s^−β. One item an
// element along axis 0, one sample along axis 1.
//! CHANNELS    channels
//! AREA        positions
//! HALF        channels of a window on either side of its middle
//! SCALE       a: what the energy is multiplied by
//! BETA        the exponent
//! OFFSET      k: what keeps the base away from 0

// s of an element of a sample.
float base_of(const __global float *x, int i) {
    const int channel = i / AREA;
    float energy = 0.0f;
    for (int c = max(0, channel - HALF); c <= min(CHANNELS - 1, channel + HALF); c++) {
        const float neighbour = x[c * AREA + i % AREA];
        energy += neighbour * neighbour;
    }
    return SCALE * energy + OFFSET;
}

// s^−β; for the exponent of AlexNet and its kin by roots, which are instructions where a power is a call.
float inverse_power(float base) {
    return BETA == 0.75f ? 1.0f / (sqrt(base) * sqrt(sqrt(base))) : pow(base, -BETA);
}

__kernel void lrn_forward(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset,
        long yStride) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CHANNELS * AREA) {
        const __global float *in = x + xOffset + sample * xStride;
        y[yOffset + sample * yStride + i] = in[i] * inverse_power(base_of(in, i));
    }
}

// dy·x·s^(−β−1), which each of the neighbours needs.
__kernel void lrn_couplings(const __global float *dy, long dyOffset, long dyStride, const __global float *x, long xOffset,
        long xStride, __global float *couplings) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i < CHANNELS * AREA) {
        const __global float *in = x + xOffset + sample * xStride;
        const float base = base_of(in, i);
        couplings[(long) sample * (CHANNELS * AREA) + i] =
                dy[dyOffset + sample * dyStride + i] * in[i] * inverse_power(base) / base;
    }
}

// dx[c] = dy[c]·s[c]^−β − 2·a·β·x[c]·Σ dy[i]·x[i]·s[i]^(−β−1), over the window of c.
__kernel void lrn_backward(const __global float *dy, long dyOffset, long dyStride, const __global float *x, long xOffset,
        long xStride, __global float *dx, long dxOffset, long dxStride, const __global float *couplings, int accumulate) {
    const int i = get_global_id(0);
    const int sample = get_global_id(1);
    if (i >= CHANNELS * AREA) {
        return;
    }
    const __global float *in = x + xOffset + sample * xStride;
    const __global float *coupled = couplings + (long) sample * (CHANNELS * AREA);
    const int channel = i / AREA;
    float sum = 0.0f;
    for (int c = max(0, channel - HALF); c <= min(CHANNELS - 1, channel + HALF); c++) {
        sum += coupled[c * AREA + i % AREA];
    }
    const float gradient = dy[dyOffset + sample * dyStride + i] * inverse_power(base_of(in, i))
            - 2.0f * SCALE * BETA * in[i] * sum;
    __global float *target = dx + dxOffset + sample * dxStride + i;
    *target = accumulate ? *target + gradient : gradient;
}
