/**
 * What changed from one model to another: two {@link dev.fovea.compiler.graph.Graph}s in, a {@link
 * dev.fovea.compiler.compare.Comparison} out. Layers are paired by name, operator and shape, in their order; weights by name
 * and shape alone, as a file of weights is read.
 */
@NullMarked
package dev.fovea.compiler.compare;

import org.jspecify.annotations.NullMarked;
