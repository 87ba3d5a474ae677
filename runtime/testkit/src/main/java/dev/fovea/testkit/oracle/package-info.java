/**
 * Operators a second time, in {@code double} and as plainly as their definitions read, to test kernels against: loops over
 * every index, no shared arithmetic with {@code dev.fovea.ops} or with any kernel. {@link
 * dev.fovea.testkit.oracle.Oracles} finds the oracle of an operator.
 */
@NullMarked
package dev.fovea.testkit.oracle;

import org.jspecify.annotations.NullMarked;
