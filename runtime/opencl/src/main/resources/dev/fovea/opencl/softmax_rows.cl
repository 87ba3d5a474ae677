// The channels at each position, for softmax and what is made of it. Where there is one position a group of ITEMS shares its
// channels; else ITEMS is 1 and each item has a position of its own. It expects CHANNELS and AREA.
#include "reduction.cl"

// With several items to a position there are barriers ahead, and no items beyond the last position.
#if ITEMS == 1
#define LEAVE_IF_OUTSIDE(position) \
    if (position >= AREA) { \
        return; \
    }
#else
#define LEAVE_IF_OUTSIDE(position)
#endif

// The largest of an item's channels and those of its group.
float largest_channel(const __global float *x, int item, __local float *partial) {
    float largest = -INFINITY;
    for (int c = item; c < CHANNELS; c += ITEMS) {
        largest = fmax(largest, x[c * AREA]);
    }
    return group_max(partial, item, largest);
}

// Σ exp(x − largest) over the channels.
float exponential_sum(const __global float *x, float largest, int item, __local float *partial) {
    float sum = 0.0f;
    for (int c = item; c < CHANNELS; c += ITEMS) {
        sum += exp(x[c * AREA] - largest);
    }
    return group_sum(partial, item, sum);
}
