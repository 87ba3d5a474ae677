/**
 * Writing JSON without a library.
 *
 * <p>In: calls that name objects, arrays and values in order. Out: text. Calls in an impossible order throw {@link
 * java.lang.IllegalStateException}, for that is a defect of ours.
 */
@NullMarked
package dev.fovea.compiler.json;

import org.jspecify.annotations.NullMarked;
