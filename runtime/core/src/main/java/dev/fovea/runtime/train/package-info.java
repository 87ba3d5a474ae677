/**
 * Training and testing a model by a recipe.
 *
 * <p>In come a {@link dev.fovea.runtime.model.CompiledModel}, a {@link dev.fovea.runtime.train.Recipe} and data sets; out come the
 * model's trained parameters and a {@link dev.fovea.runtime.train.TrainingReport}. {@link dev.fovea.runtime.train.Trainer} is the way
 * in, {@link dev.fovea.runtime.train.Evaluator} tests; {@link dev.fovea.runtime.train.TrainingListener}s look on:
 * {@link dev.fovea.runtime.train.ProgressLine} for people, {@link dev.fovea.runtime.train.RunFolder} for files.
 * {@link dev.fovea.runtime.train.Objective} is the losses alone, for tools that run a single step.
 *
 * <p>The same seed gives the same bits whatever the number of threads. What can go wrong is the data (it does not fit the model, a
 * sample cannot be read) and the arithmetic (the loss is no longer a number): both are {@link dev.fovea.runtime.FoveaException}s.
 */
@NullMarked
package dev.fovea.runtime.train;

import org.jspecify.annotations.NullMarked;
