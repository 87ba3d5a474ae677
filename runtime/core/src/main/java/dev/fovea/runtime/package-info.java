/** The runtime that generated models need: see the packages {@code kernels}, {@code model} and {@code train}. */
@NullMarked
package dev.fovea.runtime;

import org.jspecify.annotations.NullMarked;
