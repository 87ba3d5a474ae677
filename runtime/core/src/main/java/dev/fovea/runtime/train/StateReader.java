package dev.fovea.runtime.train;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsFile;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a {@link StateWriter} wrote. */
final class StateReader {
    private final SafetensorsFile file;
    private final String prefix;

    StateReader(SafetensorsFile file) {
        this(file, "");
    }

    private StateReader(SafetensorsFile file, String prefix) {
        this.file = file;
        this.prefix = prefix;
    }

    /** As {@link StateWriter#within}. */
    StateReader within(String part) {
        return new StateReader(file, prefix + part + "/");
    }

    /**
     * A tensor's values, row by row.
     *
     * @throws InputException where there is none of this name and shape
     */
    float[] floats(String name, Shape shape) throws InputException {
        SafetensorsFile.Entry entry = file.require(
                prefix + name, shape.extents().stream().map(Integer::longValue).toList());
        float[] values = new float[Math.toIntExact(shape.size())];
        file.readFloats(entry, values, 0);
        return values;
    }

    /** A whole number that is not negative. */
    int count(String name) throws InputException {
        long value = whole(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw broken(name, Long.toString(value));
        }
        return (int) value;
    }

    /** A whole number. */
    long whole(String name) throws InputException {
        String text = text(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw broken(name, text);
        }
    }

    /** A number. */
    double number(String name) throws InputException {
        String text = text(name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw broken(name, text);
        }
    }

    /** A text. */
    String text(String name) throws InputException {
        return find(name)
                .orElseThrow(() -> InputException.of(
                        file.path(),
                        "this is no checkpoint: it does not say `" + prefix + name + "`",
                        "to begin with the weights of a file, use --init-from"));
    }

    /** A text, where there is one. */
    Optional<String> find(String name) {
        return Optional.ofNullable(file.metadata().get(prefix + name));
    }

    /** All texts within this part, by their names. */
    SortedMap<String, String> texts() {
        SortedMap<String, String> found = new TreeMap<>();
        file.metadata().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    InputException broken(String name, String value) {
        return InputException.of(
                file.path(), "this checkpoint is damaged: `" + prefix + name + "` is \"" + value + "\"");
    }
}
