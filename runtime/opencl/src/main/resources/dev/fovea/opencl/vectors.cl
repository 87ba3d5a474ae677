// A vector of floats whose width the device chooses, so that one text serves a GPU's scalar lanes and a CPU's registers.
//! VECTOR      floats in a vector: 1, 2, 4, 8 or 16

#if VECTOR == 1
typedef float vec;
#define LOAD_VECTOR(pointer) (*(pointer))
#define STORE_VECTOR(value, pointer) (*(pointer) = (value))
#else
#define JOIN_(left, right) left##right
#define JOIN(left, right) JOIN_(left, right)
typedef JOIN(float, VECTOR) vec;
#define LOAD_VECTOR(pointer) JOIN(vload, VECTOR)(0, pointer)
#define STORE_VECTOR(value, pointer) JOIN(vstore, VECTOR)(value, 0, pointer)
#endif

// One rounding where the hardware does that at full speed, two where it would have to be emulated.
#ifdef FP_FAST_FMAF
#define MULTIPLY_ADD(a, b, c) fma(a, b, c)
#else
#define MULTIPLY_ADD(a, b, c) ((a) * (b) + (c))
#endif

// The sum of a vector's elements, by a tree.
float vector_sum(vec value) {
    float elements[VECTOR];
    STORE_VECTOR(value, elements);
    for (int half_way = VECTOR / 2; half_way > 0; half_way /= 2) {
        for (int i = 0; i < half_way; i++) {
            elements[i] += elements[i + half_way];
        }
    }
    return elements[0];
}
