/**
 * From a plan to Java: one final class a model, written with JavaPoet. In comes a {@link
 * dev.fovea.compiler.plan.Plan}; out goes a {@link dev.fovea.compiler.emit.GeneratedSource}, the same bytes on every
 * machine. Nothing here touches a disk.
 *
 * <p>One class a part of the output: {@link dev.fovea.compiler.emit.ModelEmitter} for the class itself, {@code
 * ScopeEmitter} for a labelled block, {@code TensorEmitter}, {@code ParameterEmitter}, {@code LayerEmitter} for the lines
 * inside. Text of the user's reaches the source only as identifiers made by {@code JavaNames}, as escaped literals, and
 * as comments that {@code SafeText} has neutralised.
 */
@NullMarked
package dev.fovea.compiler.emit;

import org.jspecify.annotations.NullMarked;
