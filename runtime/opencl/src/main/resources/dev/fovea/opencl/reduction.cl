// Sums and maxima over the items of a work-group, by a tree: the same order at every run.
//! ITEMS       work-items of a group, a power of two; a single one needs no tree

// The sum of the items' values, for all of them. The local memory holds ITEMS floats.
float group_sum(__local float *partial, int item, float value) {
#if ITEMS > 1
    partial[item] = value;
    for (int half_way = ITEMS / 2; half_way > 0; half_way /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (item < half_way) {
            partial[item] += partial[item + half_way];
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    value = partial[0];
    barrier(CLK_LOCAL_MEM_FENCE);
#endif
    return value;
}

// The largest of the items' values, for all of them. NaN is not looked for: sums that follow will hold it.
float group_max(__local float *partial, int item, float value) {
#if ITEMS > 1
    partial[item] = value;
    for (int half_way = ITEMS / 2; half_way > 0; half_way /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (item < half_way) {
            partial[item] = fmax(partial[item], partial[item + half_way]);
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    value = partial[0];
    barrier(CLK_LOCAL_MEM_FENCE);
#endif
    return value;
}
