/**
 * The loops over {@code float[]} that all CPU kernels are made of. {@link dev.fovea.runtime.simd.Simd} is about two dozen
 * primitives with two implementations: {@link dev.fovea.runtime.simd.ScalarSimd} here, in plain loops that the JIT
 * compiler vectorises by itself, and one on the Vector API in a module of its own, found by {@link
 * dev.fovea.runtime.simd.SimdChoice}. What comes in are arrays and ranges inside them, which the caller has checked; what
 * goes out is written to arrays. A range outside its array is an {@code IndexOutOfBoundsException}, never a wrong write.
 */
@NullMarked
package dev.fovea.runtime.simd;

import org.jspecify.annotations.NullMarked;
