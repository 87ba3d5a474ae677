/**
 * Pictures in files.
 *
 * <p>In: folders and files. Out: {@link dev.fovea.runtime.data.DataSet}s and arrays {@code [C, H, W]} with values from 0 to 1. {@link
 * dev.fovea.images.PictureFolder} is the way in. What is wrong with a file is an {@link dev.fovea.runtime.InputException} with its name.
 */
@NullMarked
package dev.fovea.images;

import org.jspecify.annotations.NullMarked;
