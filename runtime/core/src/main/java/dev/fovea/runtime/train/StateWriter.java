package dev.fovea.runtime.train;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsWriter;
import dev.fovea.runtime.io.StoredTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Gathers the state of a run for a checkpoint: tensors, and facts, which become the file's {@code __metadata__}. Numbers are written so
 * that every bit comes back.
 */
final class StateWriter {
    private final String prefix;
    private final List<StoredTensor> tensors;
    private final Map<String, String> facts;

    StateWriter() {
        this("", new ArrayList<>(), new TreeMap<>());
    }

    private StateWriter(String prefix, List<StoredTensor> tensors, Map<String, String> facts) {
        this.prefix = prefix;
        this.tensors = tensors;
        this.facts = facts;
    }

    /** The same file, with {@code part/} in front of every name: a slash is in no parameter's name. */
    StateWriter within(String part) {
        return new StateWriter(prefix + part + "/", tensors, facts);
    }

    /** A tensor, row by row; the values are asked for when it is written. */
    void floats(String name, Shape shape, Supplier<float[]> values) {
        List<Long> extents = shape.extents().stream().map(Integer::longValue).toList();
        tensors.add(StoredTensor.floats(prefix + name, extents, () -> FloatBuffer.wrap(values.get())));
    }

    /** A whole number. */
    void whole(String name, long value) {
        text(name, Long.toString(value));
    }

    /** A number. */
    void number(String name, double value) {
        text(name, Double.toString(value));
    }

    /** A text. */
    void text(String name, String value) {
        facts.put(prefix + name, value);
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @throws InputException where the disk is full and the like; the checkpoint before stands then
     */
    void write(Path file) throws InputException {
        SafetensorsWriter.write(file, tensors, facts);
    }
}
