// In which order gemm.cl's products of a convolution go through the taps of the window and the channels, of the input or the
// output, whichever is summed over or stands along the columns.
//
// CHANNELS_INNER: tap by tap, all channels of one together. Then everything a group brings at a time is of one tap: where it
// lies, and whether it is in the padding, is worked out once for all of its channels, which lie a plane apart. Otherwise
// channel by channel, as weights lie in memory: for so few channels that whole tiles of them would be mostly empty.
//! CHANNELS_INNER  whether channels are inner
//! PADDED          channels, rounded up to whole tiles where they are inner; 1 where they are not
//! CLASSES         classes of columns that see different taps
//! ALIGNED         whether vectors of the result are of one plane and lie on addresses that are multiples of theirs

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

// A sum with its bias through the activation behind the convolution. Functions that few networks have there are called, not
// repeated for each of an item's many sums.
#if ACTIVATION < 0
__attribute__((noinline)) float activated(float x, Finish finish) {
    return activate(x, finish.activation, finish.slope);
}
#else
float activated(float x, Finish finish) {
    return activate(x, ACTIVATION, finish.slope);
}
#endif

// Stores a finished sum.
void store_element(__global float *target, Finish finish, float shift, float sum) {
    const float element = activated(sum + shift, finish);
    *target = finish.accumulate ? *target + element : element;
}

#if ALIGNED
// Stores a vector of finished sums that lie side by side, on a vector's address.
void store_vector(__global float *target, Finish finish, float shift, vec sums) {
    float elements[VECTOR];
    STORE_VECTOR(sums, elements);
#pragma unroll
    for (int i = 0; i < VECTOR; i++) {
        elements[i] = activated(elements[i] + shift, finish);
    }
    __global vec *whole = (__global vec *) target;
    *whole = finish.accumulate ? *whole + LOAD_VECTOR(elements) : LOAD_VECTOR(elements);
}
#endif
