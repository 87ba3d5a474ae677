package dev.fovea.compiler.syntax.print;

/** Writes the characters of strings so that they can be read again. */
final class Quoting {

    private Quoting() {}

    /**
     * The characters with escapes where they are needed.
     *
     * @param text the characters
     * @param template whether braces would open an expression, so that they are escaped too
     */
    static String escape(String text, boolean template) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean brace = template && c == '{';
                    if (brace || c < 0x20 || c == 0x7F) {
                        out.append("\\u{").append(Integer.toHexString(c)).append('}');
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
