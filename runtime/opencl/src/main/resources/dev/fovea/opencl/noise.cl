// Normal noise. NormalNumbers says what the numbers are; the operations are those that are rounded in one way only, so that
// they have the same bits on every device: a product that is added to is always written as fma.
#include "philox.cl"

// An odd multiple of 2^-24 in (0, 1), exact.
float fraction(uint word) {
    return ((word >> 9) * 2 + 1) * 0x1p-24f;
}

// √(−2·ln u). The first guess at the inverse root is improved by Newton's steps; log = −square / 2.
float normal_radius(uint word) {
    const int bits = as_int(fraction(word));
    const int exponent = (bits - 0x3F3504F3) >> 23;
    const float f = as_float(bits - exponent * (1 << 23)) - 1.0f;
    float bend = fma(f, 0.08734845f, -0.14307523f);
    bend = fma(f, bend, 0.14917973f);
    bend = fma(f, bend, -0.16570508f);
    bend = fma(f, bend, 0.19962072f);
    bend = fma(f, bend, -0.25001755f);
    bend = fma(f, bend, 0.3333395f);
    bend = fma(f, bend, -0.4999999f);
    const float logarithm = fma((float) exponent, 0.6931472f, fma(f * f, bend, f));
    const float square = -2.0f * logarithm;
    float inverse = as_float(0x5F3759DF - (as_int(square) >> 1));
    for (int step = 0; step < 3; step++) {
        inverse *= fma(logarithm * inverse, inverse, 1.5f);
    }
    return square * inverse;
}

// Two normal numbers of two random words.
float2 normal_pair(uint radius_word, uint angle) {
    const float radius = normal_radius(radius_word);
    const float c = fraction(angle << 2) - 0.5f;
    const float square = c * c;
    const float sine = c * fma(square, fma(square, fma(square, -0.0046016574f, 0.07968003f), -0.6459635f), 1.5707964f);
    const float cosine = fma(square, fma(square, fma(square, -0.02041728f, 0.25360322f), -1.2336977f), 1.0f);
    const uint quadrant = angle >> 30;
    const float first = radius * (quadrant & 1 ? sine : cosine);
    const float second = radius * (quadrant & 1 ? cosine : sine);
    return (float2)(quadrant == 1 || quadrant == 2 ? -first : first, quadrant >= 2 ? -second : second);
}

// y = x + deviation·n. An item does the four elements of a block of random numbers, along axis 0; a sample along axis 1. The
// tensors may be the same, element for element.
__kernel void noise(const __global float *x, long xOffset, long xStride, __global float *y, long yOffset, long yStride,
        int elements, float deviation, ulong seed, ulong stream) {
    const int blocks = (elements + 3) / 4;
    const int block = get_global_id(0);
    const int sample = get_global_id(1);
    if (block >= blocks) {
        return;
    }
    const uint4 words = philox(seed, stream, (ulong) sample * blocks + block);
    float normals[4];
    vstore4((float4)(normal_pair(words.x, words.y), normal_pair(words.z, words.w)), 0, normals);
    const __global float *in = x + xOffset + sample * xStride;
    __global float *out = y + yOffset + sample * yStride;
    for (int i = block * 4; i < min(block * 4 + 4, elements); i++) {
        out[i] = fma(deviation, normals[i % 4], in[i]);
    }
}
