package dev.fovea.opencl;

import dev.fovea.ops.Window;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The numbers a program is built with, by name, in alphabetical order. Only numbers: nothing a model's text says can become
 * source or a build option.
 */
final class Defines {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final TreeMap<String, String> values = new TreeMap<>();

    /** Adds an integer. */
    Defines with(String name, long value) {
        return put(name, Long.toString(value));
    }

    /** Adds a truth value, as 1 or 0. */
    Defines with(String name, boolean value) {
        return with(name, value ? 1 : 0);
    }

    /**
     * Adds a finite number, in the hexadecimal form that loses nothing.
     *
     * @throws IllegalArgumentException for what OpenCL C cannot write
     */
    Defines with(String name, float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite: " + value);
        }
        return put(name, "(" + Float.toHexString(value) + "f)");
    }

    /** Adds all of another. */
    Defines with(Defines other) {
        other.values.forEach(this::put);
        return this;
    }

    /** Adds the numbers that {@code windows.cl} expects. */
    Defines with(Window.Axis rows, Window.Axis columns) {
        return with("HEIGHT", rows.input())
                .with("WIDTH", columns.input())
                .with("OUT_HEIGHT", rows.output())
                .with("OUT_WIDTH", columns.output())
                .with("KERNEL_H", rows.kernel())
                .with("KERNEL_W", columns.kernel())
                .with("STRIDE_H", rows.stride())
                .with("STRIDE_W", columns.stride())
                .with("DILATION_H", rows.dilation())
                .with("DILATION_W", columns.dilation())
                .with("TOP", rows.before())
                .with("LEFT", columns.before());
    }

    private Defines put(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a define: " + name);
        }
        if (values.put(name, value) != null) {
            throw new IllegalArgumentException("defined twice: " + name);
        }
        return this;
    }

    /** Names and values. */
    Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** As options of the compiler: {@code -D HEIGHT=28 -D WIDTH=28}. */
    @Override
    public String toString() {
        StringBuilder options = new StringBuilder();
        values.forEach((name, value) -> options.append(options.isEmpty() ? "-D " : " -D ")
                .append(name)
                .append('=')
                .append(value));
        return options.toString();
    }
}
