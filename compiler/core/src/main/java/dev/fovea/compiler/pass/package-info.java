/**
 * From a graph to the program that will run: a list of {@link dev.fovea.compiler.pass.Call}s in order. Each {@link
 * dev.fovea.compiler.pass.Pass} rewrites a {@link dev.fovea.compiler.pass.Program}; {@link
 * dev.fovea.compiler.pass.Passes} lists them. Passes look at traits of operators, never at their names, and cannot fail:
 * the graph was checked.
 */
@NullMarked
package dev.fovea.compiler.pass;

import org.jspecify.annotations.NullMarked;
