// Does not compile, for the test of what is said then.
//! WIDTH  a number
//! SLOPE  another
#include "reduction.cl"

__kernel void broken(__global float *x) {
    x[0] = WIDTH * undeclared_name;
}
