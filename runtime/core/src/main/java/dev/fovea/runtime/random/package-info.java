/**
 * Random numbers that are functions, not generators.
 *
 * <p>In come a seed, the number or name of a stream and the index of an element; out comes that element: bits, a uniform
 * number, a normal one, a permutation. Nothing is remembered between calls, so any element can be computed on its own, on any
 * thread and on any device, and a run can be resumed in the middle by knowing only where it stood. Nothing here fails but for
 * indices that make no sense.
 *
 * <p>{@link dev.fovea.runtime.random.Philox} is the arithmetic; {@link dev.fovea.runtime.random.RandomStream} is what everybody else
 * calls.
 */
@NullMarked
package dev.fovea.runtime.random;

import org.jspecify.annotations.NullMarked;
