// What the three products of a convolution share. A dense layer is a convolution of a 1 × 1 image.
//! INPUTS      channels of the input in one group of channels
//! OUTPUTS     channels of the output in one group of channels
//! TABLE       whether a table says which output channel sees which input channel
//! ACTIVATION  of those in activations.cl the one that sums go through before they are stored; 0 where they go through none,
//!             -1 where an argument says which
//! MODE        what is read in the padding: 0 zeros, 1 the input mirrored, 2 its border, 3 its other end
#include "windows.cl"

#define KERNEL_AREA (KERNEL_H * KERNEL_W)

// A part of an address: floats from the start of a sample, and a row and column that must fall within an image.
typedef struct {
    int offset;
    int row;
    int column;
} Place;

// What becomes of a sum before it is stored, as far as the product at hand has it.
typedef struct {
    const __global float *bias;
    const __global float *table;
    int activation;
    float slope;
    int accumulate;
} Finish;

// Added to any place it falls outside of every image.
#define NOWHERE ((Place){0, -(1 << 29), 0})

// The position within an axis of the input that a position in its padding reads. NOWHERE's stays outside.
int folded(int position, int extent) {
#if MODE == 1
    const int mirrored = abs(position);
    return mirrored < extent ? mirrored : 2 * (extent - 1) - mirrored;
#elif MODE == 2
    return position < -(1 << 28) ? position : clamp(position, 0, extent - 1);
#elif MODE == 3
    return position < 0 ? position + extent : position < extent ? position : position - extent;
#else
    return position;
#endif
}

// The pixel of the input that a position in it or its padding reads, from the start of its plane; -1 where that is none.
int image_pixel(int row, int column) {
    const int i = folded(row, HEIGHT);
    const int j = folded(column, WIDTH);
    const bool inside = ((uint) i < HEIGHT) & ((uint) j < WIDTH);
    return inside ? i * WIDTH + j : -1;
}

// An element of the input or its padding, of a sample and channel that begin at an offset.
float image_element(const __global float *image, int offset, int row, int column) {
    const int pixel = image_pixel(row, column);
    const float element = image[pixel >= 0 ? offset + pixel : 0];
    return pixel >= 0 ? element : 0.0f;
}

// A weight, or 0 where the table leaves it out.
float weight_element(const __global float *weight, const __global float *table, int output, int input, int tap) {
#if TABLE
    if (table[output * INPUTS + input] == 0.0f) {
        return 0.0f;
    }
#endif
    return weight[(output * INPUTS + input) * KERNEL_AREA + tap];
}
