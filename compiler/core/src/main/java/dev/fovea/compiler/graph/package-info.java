/**
 * The layer graph: what elaboration makes of a model, every shape known. In comes the syntax tree through {@code
 * elaborate}; out goes a {@link dev.fovea.compiler.graph.Graph} to the passes, the summary, the plan and the emitter.
 *
 * <p>The structure is closed (inputs and operator nodes in topological order), the operators are open: a node holds an
 * {@link dev.fovea.ops.Op} and nothing here names one. Facts that follow from the graph (counts, lifetimes, receptive
 * fields) are computed by an index, not stored on nodes. {@link dev.fovea.compiler.graph.GraphText} prints the stable
 * text form that tests compare.
 */
@NullMarked
package dev.fovea.compiler.graph;

import org.jspecify.annotations.NullMarked;
