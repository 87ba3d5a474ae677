/**
 * What can be seen of a run and of a trained model: TensorBoard's event files, pictures of filters and of what is confused.
 *
 * <p>In: models and what training tells its listeners. Out: files and pictures as bytes. {@link dev.fovea.runtime.watch.TensorBoardFolder} is
 * the way in. The formats are written here, byte by byte: the runtime carries no other library.
 */
@NullMarked
package dev.fovea.runtime.watch;

import org.jspecify.annotations.NullMarked;
