/**
 * From models to layers: evaluates compile-time expressions, applies stages to tensors, works out every shape.
 *
 * <p>In: a {@link dev.fovea.compiler.resolve.ResolvedProgram}. Out: a {@link dev.fovea.compiler.elaborate.Draft} a model,
 * the layers with shapes, parameters and names, from which {@code check} makes the graph. What can go wrong is reported: a
 * value of the wrong kind, arithmetic that overflows, arguments that do not fit, shapes that do not fit, a file that takes
 * too long. A fault's value is {@link dev.fovea.compiler.value.Value.Unknown}; what depends on it says nothing.
 *
 * <p>The tour: {@link dev.fovea.compiler.elaborate.ModelElaborator} runs a model's body; {@code Evaluator} evaluates an
 * expression, one class a kind of expression; {@code Applications} applies a stage to a tensor; {@code Layers} adds an
 * operator to the draft. Where a fault happened in calls of blocks, {@code Faults} says it once and names the calls.
 */
@NullMarked
package dev.fovea.compiler.elaborate;

import org.jspecify.annotations.NullMarked;
