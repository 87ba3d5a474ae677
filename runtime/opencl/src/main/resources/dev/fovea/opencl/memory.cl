// What is done with a range of memory, whatever tensors lie in it.
#include "vectors.cl"
#include "reduction.cl"

__kernel void scale(__global float *memory, long offset, long length, float factor) {
    const long i = get_global_id(0);
    if (i < length) {
        memory[offset + i] *= factor;
    }
}

// A NaN stays one: fmin would lose it.
__kernel void clamp_range(__global float *memory, long offset, long length, float most) {
    const long i = get_global_id(0);
    if (i < length) {
        const float value = memory[offset + i];
        memory[offset + i] = value > most ? most : value < -most ? -most : value;
    }
}

// Where keep is 0 what the target holds does not count.
__kernel void blend(__global float *target, const __global float *source, long offset, long length, float keep,
        float share) {
    const long i = get_global_id(0);
    if (i < length) {
        const float added = share * source[offset + i];
        target[offset + i] = keep == 0.0f ? added : keep * target[offset + i] + added;
    }
}

// Group g sums the squares of its part of the range; the host adds the sums in the order of the groups.
__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void sum_squares(const __global float *memory, long offset,
        long length, long part, __global float *sums) {
    __local float partial[ITEMS];
    const int item = get_local_id(0);
    const long first = get_group_id(0) * part;
    const long count = min(part, length - first);
    const __global float *range = memory + offset + first;
    const long whole = count / VECTOR;
    vec vectors = 0.0f;
    for (long i = item; i < whole; i += ITEMS) {
        const vec value = LOAD_VECTOR(range + i * VECTOR);
        vectors += value * value;
    }
    float sum = vector_sum(vectors);
    for (long i = whole * VECTOR + item; i < count; i += ITEMS) {
        sum += range[i] * range[i];
    }
    sum = group_sum(partial, item, sum);
    if (item == 0) {
        sums[get_group_id(0)] = sum;
    }
}
