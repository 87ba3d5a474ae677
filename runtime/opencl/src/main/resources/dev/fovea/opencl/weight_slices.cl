// Where the gradient of a weight goes: straight to its place, or first to the slice of the sum that it is.
#define WEIGHTS (GROUPS * OUTPUTS * INPUTS * KERNEL_AREA)

void put(__global float *gradient, const __global float *table, int accumulate, int index, float sum) {
#if TABLE
    sum = table[index / KERNEL_AREA] == 0.0f ? 0.0f : sum;
#endif
    gradient[index] = accumulate ? gradient[index] + sum : sum;
}

void put_slice(__global float *result, const __global float *table, int accumulate, int slice, int index, float sum) {
#if SLICES == 1
    put(result, table, accumulate, index, sum);
#else
    result[(long) slice * WEIGHTS + index] = sum;
#endif
}

__kernel void add_slices(const __global float *slices, __global float *gradient, long offset,
        const __global float *table, int accumulate) {
    const int index = get_global_id(0);
    if (index < WEIGHTS) {
#if CHANNELS_INNER
        // They lie tap by tap, see group_order.cl.
        const int output = index / (INPUTS * KERNEL_AREA);
        const int natural = (output * INPUTS + index % INPUTS) * KERNEL_AREA + index / INPUTS % KERNEL_AREA;
#else
        const int natural = index;
#endif
        float sum = slices[index];
        for (int slice = 1; slice < SLICES; slice++) {
            sum += slices[(long) slice * WEIGHTS + index];
        }
        put(gradient + offset, table, accumulate, natural, sum);
    }
}
