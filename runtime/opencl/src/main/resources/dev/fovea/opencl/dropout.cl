// Dropout with inverted scaling. The mask is a function of seed, stream and place, so backward draws it again.

// Philox4x32-10: J. Salmon, M. Moraes, R. Dror, D. Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, SC 2011.
uint4 philox(ulong seed, ulong stream, ulong block) {
    uint4 counter = (uint4)((uint) block, (uint) (block >> 32), (uint) stream, (uint) (stream >> 32));
    uint2 key = (uint2)((uint) seed, (uint) (seed >> 32));
    for (int round = 0; round < 10; round++) {
        const uint low0 = 0xD2511F53u * counter.x;
        const uint high0 = mul_hi(0xD2511F53u, counter.x);
        const uint low1 = 0xCD9E8D57u * counter.z;
        const uint high1 = mul_hi(0xCD9E8D57u, counter.z);
        counter = (uint4)(high1 ^ counter.y ^ key.x, low1, high0 ^ counter.w ^ key.y, low0);
        key += (uint2)(0x9E3779B9u, 0xBB67AE85u);
    }
    return counter;
}

// y = x·m / (1 − p), or for gradients dx = dy·m / (1 − p), for the four elements of a block of random numbers: an element is
// kept where its number reaches the threshold. The two tensors may be the same, element for element.
__kernel void dropout(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset, long yStride,
        int elements, int accumulate, uint threshold, float factor, ulong seed, ulong stream) {
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
        const float value = words[i % 4] >= threshold ? in[i] * factor : 0.0f;
        out[i] = accumulate ? out[i] + value : value;
    }
}
