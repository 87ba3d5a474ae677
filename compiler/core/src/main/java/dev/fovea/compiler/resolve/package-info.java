/**
 * Names: which file an import means, and what each name in a file stands for.
 *
 * <p>In: the syntax trees of the files given and a {@link dev.fovea.compiler.resolve.Library} that finds others by their
 * package. Out: a {@link dev.fovea.compiler.resolve.ResolvedProgram} of {@link dev.fovea.compiler.resolve.ResolvedFile}s whose
 * imports are followed. What can go wrong is reported and survives as a {@link dev.fovea.compiler.resolve.Symbol} that
 * is broken, so that whatever depends on it is no fault: a package or name that is not there, cycles, doubles, names
 * nothing declares, recursion. Bodies nobody uses are checked as well.
 */
@NullMarked
package dev.fovea.compiler.resolve;

import org.jspecify.annotations.NullMarked;
