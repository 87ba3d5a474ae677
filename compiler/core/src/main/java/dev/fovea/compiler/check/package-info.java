/**
 * The whole of a model, once its layers are known: contracts, recipes, and the graph.
 *
 * <p>In: a {@link dev.fovea.compiler.elaborate.Draft} and the recipes that name it. Out: a {@link
 * dev.fovea.compiler.graph.Graph} without what no output needs. What can go wrong is reported: a broken {@code expect}, a
 * recipe that lacks something, names something that is not there, or compares what cannot be compared. What a recipe asks
 * that no runtime can do yet is no fault of the file; it comes back beside the graph, to be said when somebody wants to
 * train.
 */
@NullMarked
package dev.fovea.compiler.check;

import org.jspecify.annotations.NullMarked;
