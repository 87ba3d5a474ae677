/**
 * Training by a recipe: {@link dev.fovea.runtime.train.Recipe} is what a generated class states.
 */
@NullMarked
package dev.fovea.runtime.train;

import org.jspecify.annotations.NullMarked;
