/**
 * From a program to a plan: where every tensor lies in the arena, for training and for inference, and in what order
 * gradients meet. In comes a {@link dev.fovea.compiler.pass.Program}; out goes a {@link dev.fovea.compiler.plan.Plan},
 * which the emitter writes down and the summary prints. Cannot fail.
 *
 * <p>Time is counted in calls: forward call {@code i} of {@code n} happens at {@code i}, the losses at {@code n}, the
 * backward of call {@code i} at {@code 2n − i}. A place in the arena is used again as soon as its tensor is dead.
 */
@NullMarked
package dev.fovea.compiler.plan;

import org.jspecify.annotations.NullMarked;
