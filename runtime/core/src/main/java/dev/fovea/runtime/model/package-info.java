/**
 * What a generated class extends. The generated class states where every tensor lies and calls its kernels in order; all
 * else (memory, devices, initial values, loading and saving, prediction) is {@link
 * dev.fovea.runtime.model.CompiledModel}'s.
 *
 * <p>Read {@link dev.fovea.runtime.model.CompiledModel}, then a generated class.
 */
@NullMarked
package dev.fovea.runtime.model;

import org.jspecify.annotations.NullMarked;
