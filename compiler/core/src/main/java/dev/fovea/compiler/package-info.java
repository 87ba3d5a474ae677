/**
 * The compiler: from {@code .cnn} files to checked layer graphs.
 *
 * <p>In: files, and a library that finds the packages they import. Out: {@link dev.fovea.compiler.CheckResult}, all
 * diagnostics and the concrete models. {@link dev.fovea.compiler.Compiler} is the list of stages; each has a package of its
 * own, and the next thing to read is that list. A user's mistake is never an exception.
 */
@NullMarked
package dev.fovea.compiler;

import org.jspecify.annotations.NullMarked;
