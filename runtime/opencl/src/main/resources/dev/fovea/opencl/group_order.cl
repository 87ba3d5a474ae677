// In which order gemm.cl's products of a convolution go through the taps of the window and the channels, of the input or the
// output, whichever is summed over or stands along the columns.
//
// CHANNELS_INNER: tap by tap, all channels of one together. Then everything a group brings at a time is of one tap: where it
// lies, and whether it is in the padding, is worked out once for all of its channels, which lie a plane apart. Otherwise
// channel by channel, as weights lie in memory: for so few channels that whole tiles of them would be mostly empty.
//! CHANNELS_INNER  whether channels are inner
//! PADDED          channels, rounded up to whole tiles where they are inner; 1 where they are not
//! CLASSES         classes of columns that see different taps
//! ALIGNED         whether vectors of the result lie on addresses that are multiples of theirs

#if CHANNELS_INNER
#define TAP_OF(index) ((index) / PADDED)
#define CHANNEL_OF(index, channels) ((index) % PADDED)
#else
#define TAP_OF(index) ((index) % KERNEL_AREA)
#define CHANNEL_OF(index, channels) ((index) / KERNEL_AREA)
#endif

// A tap of a depth that is a multiple of a tile's and k more, and its channel.
#if CHANNELS_INNER
#define STEP_TAP(depth, k) TAP_OF(depth)
#define STEP_CHANNEL(depth, k) ((depth) % PADDED + (k))
#else
#define STEP_TAP(depth, k) (((depth) + (k)) % KERNEL_AREA)
#define STEP_CHANNEL(depth, k) (((depth) + (k)) / KERNEL_AREA)
#endif

// Weights that are read tap by tap are copied so before, with the rows of A side by side.
#define TURNED (CHANNELS_INNER && KERNEL_AREA > 1)

// Stores a vector of finished sums of which so many count; all of them if they lie side by side and on a vector's address.
void store_run(__global float *target, Finish finish, float shift, vec value, int count) {
    float elements[VECTOR];
    STORE_VECTOR(value, elements);
#pragma unroll
    for (int i = 0; i < VECTOR; i++) {
        elements[i] = activate(elements[i] + shift, ACTIVATION, finish.slope);
    }
#if ALIGNED
    if (count >= VECTOR) {
        __global vec *whole = (__global vec *) target;
        *whole = finish.accumulate ? *whole + LOAD_VECTOR(elements) : LOAD_VECTOR(elements);
        return;
    }
#endif
#pragma unroll
    for (int i = 0; i < VECTOR; i++) {
        if (i < count) {
            target[i] = finish.accumulate ? target[i] + elements[i] : elements[i];
        }
    }
}
