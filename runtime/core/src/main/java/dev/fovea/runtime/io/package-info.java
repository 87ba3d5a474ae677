/**
 * Files: weights as safetensors, tables as CSV, and the one way in which a file is written.
 *
 * <p>{@link dev.fovea.runtime.io.SafetensorsFile} reads and {@link dev.fovea.runtime.io.SafetensorsWriter} writes tensors by name;
 * {@link dev.fovea.runtime.io.CsvWriter} appends rows; {@link dev.fovea.runtime.io.AtomicFile} makes a file appear whole or not at all.
 * A reader trusts nothing: lengths are checked against the file before anything is allocated, and whatever does not fit is an
 * {@link dev.fovea.runtime.InputException} with the file and the byte.
 */
@NullMarked
package dev.fovea.runtime.io;

import org.jspecify.annotations.NullMarked;
