/**
 * The runtime that generated models need: see the packages {@code kernels}, {@code model} and {@code train}.
 *
 * <p>This package itself holds what all of them share: {@link dev.fovea.runtime.FoveaException} stands for a fault of the user's input or
 * surroundings, which a command line prints as text and never as a stack trace. Faults in the calling program are the JDK's unchecked
 * exceptions.
 */
@NullMarked
package dev.fovea.runtime;

import org.jspecify.annotations.NullMarked;
