package dev.fovea.compiler.emit;

/** The user's text made harmless inside comments. */
final class SafeText {
    private static final int LONGEST_LINE = 140;

    private SafeText() {}

    /**
     * For a {@code //} comment: one line, no Unicode escape, no control characters, not too long. Javac reads {@code \\u}
     * escapes in comments too, so no backslash is left before a {@code u}.
     */
    static String line(String text) {
        StringBuilder safe = new StringBuilder();
        text.strip().codePoints().forEach(c -> {
            boolean control = Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                    || Character.getType(c) == Character.SURROGATE;
            safe.appendCodePoint(control ? ' ' : c == '\\' ? '/' : c);
        });
        return safe.length() <= LONGEST_LINE
                ? safe.toString()
                : safe.substring(
                                0,
                                safe.offsetByCodePoints(
                                        0, Math.min(LONGEST_LINE, safe.codePointCount(0, safe.length()))))
                        + " …";
    }

    /** For a documentation comment: as {@link #line} a line at a time, and nothing that ends the comment, is HTML or a tag. */
    static String documentation(String text) {
        StringBuilder safe = new StringBuilder();
        for (String one : text.split("\\R", -1)) {
            if (!safe.isEmpty()) {
                safe.append('\n');
            }
            safe.append(line(one)
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("@", "&#64;")
                    .replace("*/", "*&#47;")
                    .replace("/*", "&#47;*")
                    .replace("{", "&#123;")
                    .replace("}", "&#125;"));
        }
        return safe.toString();
    }
}
