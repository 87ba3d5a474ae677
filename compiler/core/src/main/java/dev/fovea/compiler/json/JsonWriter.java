package dev.fovea.compiler.json;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes one JSON value (RFC 8259), two spaces of indentation a level, members in the order of the calls.
 *
 * <pre>{@code
 * String text = new JsonWriter().beginObject().name("macs").value(435_000L).endObject().toString();
 * }</pre>
 */
public final class JsonWriter {

    private final StringBuilder out = new StringBuilder();
    private final Deque<Level> levels = new ArrayDeque<>();
    private boolean named;
    private boolean complete;

    private static final class Level {
        final boolean object;
        boolean empty = true;

        Level(boolean object) {
            this.object = object;
        }
    }

    /** Opens an object, as a value. */
    public JsonWriter beginObject() {
        return begin('{', true);
    }

    /** Closes the object that was opened last. */
    public JsonWriter endObject() {
        return end('}', true);
    }

    /** Opens an array, as a value. */
    public JsonWriter beginArray() {
        return begin('[', false);
    }

    /** Closes the array that was opened last. */
    public JsonWriter endArray() {
        return end(']', false);
    }

    /** The name of the member whose value comes next. */
    public JsonWriter name(String name) {
        Level level = levels.peek();
        if (level == null || !level.object || named) {
            throw new IllegalStateException("a name belongs into an object, before its value");
        }
        separate(level);
        quote(name);
        out.append(": ");
        named = true;
        return this;
    }

    public JsonWriter value(String value) {
        beforeValue();
        quote(value);
        return afterValue();
    }

    public JsonWriter value(long value) {
        beforeValue();
        out.append(value);
        return afterValue();
    }

    /** A number; JSON has none for NaN and the infinities, which are written as {@code null}. */
    public JsonWriter value(double value) {
        beforeValue();
        out.append(Double.isFinite(value) ? Double.toString(value) : "null");
        return afterValue();
    }

    public JsonWriter value(boolean value) {
        beforeValue();
        out.append(value);
        return afterValue();
    }

    public JsonWriter nullValue() {
        beforeValue();
        out.append("null");
        return afterValue();
    }

    private JsonWriter begin(char bracket, boolean object) {
        beforeValue();
        levels.push(new Level(object));
        out.append(bracket);
        return this;
    }

    private JsonWriter end(char bracket, boolean object) {
        Level level = levels.peek();
        if (level == null || level.object != object || named) {
            throw new IllegalStateException("nothing that '" + bracket + "' could close");
        }
        levels.pop();
        if (!level.empty) {
            newLine();
        }
        out.append(bracket);
        return afterValue();
    }

    private void beforeValue() {
        Level level = levels.peek();
        if (complete || (level != null && level.object && !named)) {
            throw new IllegalStateException("no place for a value here");
        }
        if (level != null && !level.object) {
            separate(level);
        }
        named = false;
    }

    private JsonWriter afterValue() {
        complete = levels.isEmpty();
        return this;
    }

    private void separate(Level level) {
        if (!level.empty) {
            out.append(',');
        }
        level.empty = false;
        newLine();
    }

    private void newLine() {
        out.append('\n').append("  ".repeat(levels.size()));
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    // Lone surrogates cannot be encoded; line separators end a line in some readers.
                    if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029 || isLoneSurrogate(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    /** The text of the whole value. */
    @Override
    public String toString() {
        if (!complete) {
            throw new IllegalStateException("the value is not complete");
        }
        return out.toString();
    }
}
