/**
 * What a recipe can name besides losses (which are operators, see {@link dev.fovea.ops.Trait#LOSS}): optimizers,
 * schedules, metrics and augmentations. Each is a record of resolved arguments with a {@link dev.fovea.ops.Def}, and a
 * registry lists them. The arithmetic is in the runtime.
 */
@NullMarked
package dev.fovea.ops.recipe;

import org.jspecify.annotations.NullMarked;
