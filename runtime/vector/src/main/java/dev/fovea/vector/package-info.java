/**
 * {@link dev.fovea.runtime.simd.Simd} on {@code jdk.incubator.vector}, in the widest registers the CPU has. What comes in
 * and goes out is described there. It needs {@code --add-modules jdk.incubator.vector}; without it {@link
 * dev.fovea.vector.VectorSimdProvider} says so and the program goes on with scalar loops.
 *
 * <p>What keeps the JIT compiler from boxing a vector, which costs a factor of ten: vectors are local variables only,
 * never arguments of a method of ours; methods are small; an index is a loop-invariant base plus the counter times a
 * constant plus a constant.
 */
@NullMarked
package dev.fovea.vector;

import org.jspecify.annotations.NullMarked;
