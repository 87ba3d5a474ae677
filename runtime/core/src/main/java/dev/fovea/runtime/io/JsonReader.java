package dev.fovea.runtime.io;

import dev.fovea.runtime.InputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads JSON that must have a known form, value by value, without building a tree: what the caller does not ask for is a fault. Strict
 * (RFC 8259), and stricter: no name twice in an object, no number but a whole one from 0 to 2^63 − 1, no half of a surrogate pair.
 */
final class JsonReader {
    private final Path file;
    private final long base;
    private final byte[] text;
    private int position;

    /**
     * @param base where in the file the text begins, for the messages
     * @throws InputException where the text is not UTF-8
     */
    JsonReader(Path file, long base, byte[] text) throws InputException {
        this.file = file;
        this.base = base;
        this.text = text;
        CharsetDecoder decoder = strictDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(text);
        CharBuffer characters = CharBuffer.allocate(8192);
        CoderResult result;
        do {
            characters.clear();
            result = decoder.decode(bytes, characters, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw InputException.at(file, base + bytes.position(), "the header is not UTF-8");
        }
    }

    /** Reads one member's value; the name is already read. */
    @FunctionalInterface
    interface Member {
        void read(String name) throws InputException;
    }

    /** Reads one element. */
    @FunctionalInterface
    interface Element {
        void read() throws InputException;
    }

    void object(Member member) throws InputException {
        expect('{');
        if (accept('}')) {
            return;
        }
        Set<String> names = new HashSet<>();
        do {
            skipSpace();
            int start = position;
            String name = string();
            if (!names.add(name)) {
                position = start;
                throw fault("the name " + quote(name) + " occurs twice");
            }
            expect(':');
            member.read(name);
        } while (accept(','));
        expect('}');
    }

    void array(Element element) throws InputException {
        expect('[');
        if (accept(']')) {
            return;
        }
        do {
            element.read();
        } while (accept(','));
        expect(']');
    }

    long wholeNumber() throws InputException {
        skipSpace();
        int start = position;
        long value = 0;
        while (position < text.length && text[position] >= '0' && text[position] <= '9') {
            int digit = text[position] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                position = start;
                throw fault("the number is above 2^63 - 1");
            }
            value = value * 10 + digit;
            position++;
        }
        boolean leadingZero = position > start + 1 && text[start] == '0';
        boolean goesOn = position < text.length && "+-.eE".indexOf(text[position]) >= 0;
        if (position == start || leadingZero || goesOn) {
            position = start;
            throw fault("expected a whole number that is not negative");
        }
        return value;
    }

    String string() throws InputException {
        expect('"');
        int start = position;
        StringBuilder value = new StringBuilder();
        while (position < text.length) {
            byte next = text[position];
            if (next == '"') {
                position++;
                return wellFormed(value, start);
            } else if (next == '\\') {
                position++;
                value.append(escape());
            } else if (isPlain(next)) {
                int run = position;
                while (position < text.length && isPlain(text[position])) {
                    position++;
                }
                value.append(new String(text, run, position - run, StandardCharsets.UTF_8));
            } else {
                throw fault("a control character in a string must be written as an escape");
            }
        }
        throw fault("the string does not end");
    }

    /** Nothing but space may follow. */
    void end() throws InputException {
        skipSpace();
        if (position < text.length) {
            throw fault("expected nothing after the closing brace");
        }
    }

    InputException fault(String message) {
        return InputException.at(file, base + position, "the header is not as it should be: " + message);
    }

    static String quote(String name) {
        String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        StringBuilder text = new StringBuilder("\"");
        shown.codePoints()
                .forEach(c -> text.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c));
        return text.append('"').toString();
    }

    private char escape() throws InputException {
        if (position >= text.length) {
            throw fault("the string does not end");
        }
        byte kind = text[position++];
        return switch (kind) {
            case '"', '\\', '/' -> (char) kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> {
                position--;
                throw fault("unknown escape in a string");
            }
        };
    }

    private char hexadecimal() throws InputException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = position < text.length ? Character.digit((char) text[position], 16) : -1;
            if (digit < 0) {
                throw fault("expected four hexadecimal digits");
            }
            value = value * 16 + digit;
            position++;
        }
        return (char) value;
    }

    private String wellFormed(CharSequence value, int start) throws InputException {
        try {
            StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException e) {
            position = start;
            throw fault("the string holds half of a surrogate pair");
        }
        return value.toString();
    }

    private void expect(char wanted) throws InputException {
        if (!accept(wanted)) {
            throw fault(
                    position < text.length ? "expected '" + wanted + "'" : "expected '" + wanted + "', found the end");
        }
    }

    private boolean accept(char wanted) {
        skipSpace();
        if (position < text.length && text[position] == wanted) {
            position++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (position < text.length
                && (text[position] == ' '
                        || text[position] == '\n'
                        || text[position] == '\r'
                        || text[position] == '\t')) {
            position++;
        }
    }

    /** Bytes of characters beyond ASCII are negative. */
    private static boolean isPlain(byte next) {
        return next < 0 || (next >= 0x20 && next != '"' && next != '\\');
    }

    private static CharsetDecoder strictDecoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
}
