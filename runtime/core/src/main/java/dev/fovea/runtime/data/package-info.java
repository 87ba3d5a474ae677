/**
 * Where samples come from and how they become batches.
 *
 * <p>A {@link dev.fovea.runtime.data.DataSet} gives samples by index: {@link dev.fovea.runtime.data.IdxPictures} reads MNIST's files,
 * {@link dev.fovea.runtime.data.ArrayDataSet} holds arrays, {@link dev.fovea.runtime.data.Subset} is a part of another, and a program can
 * bring its own. {@link dev.fovea.runtime.data.Batches} shuffles them, sends them through {@link dev.fovea.runtime.data.Transform}s and
 * hands them out, prepared on a background thread while the consumer works on the batch before.
 *
 * <p>What a sample becomes is a function of the seed, the epoch and the sample's index, never of time or threads. What is wrong with a
 * file is an {@link dev.fovea.runtime.InputException}.
 */
@NullMarked
package dev.fovea.runtime.data;

import org.jspecify.annotations.NullMarked;
