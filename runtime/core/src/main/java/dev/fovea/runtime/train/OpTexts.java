package dev.fovea.runtime.train;

import java.util.ArrayList;
import java.util.List;

/** Two texts of operators, {@code Dense[units=256, bias=true]}, cut down to the arguments that differ. */
record OpTexts(String one, String other) {
    /**
     * Of texts that name the same operator with the same arguments those whose values differ: {@code Dense[units=256]} and {@code
     * Dense[units=200]}. Others as they are.
     */
    static OpTexts differing(String one, String other) {
        List<String> ones = arguments(one);
        List<String> others = arguments(other);
        boolean alike =
                !ones.isEmpty() && ones.size() == others.size() && name(one).equals(name(other));
        List<String> ofOne = new ArrayList<>();
        List<String> ofOther = new ArrayList<>();
        for (int i = 0; alike && i < ones.size(); i++) {
            String key = key(ones.get(i));
            alike = !key.isEmpty() && key.equals(key(others.get(i)));
            if (!ones.get(i).equals(others.get(i))) {
                ofOne.add(ones.get(i));
                ofOther.add(others.get(i));
            }
        }
        return alike
                ? new OpTexts(
                        name(one) + "[" + String.join(", ", ofOne) + "]",
                        name(one) + "[" + String.join(", ", ofOther) + "]")
                : new OpTexts(one, other);
    }

    private static String name(String text) {
        return text.substring(0, text.indexOf('['));
    }

    private static String key(String argument) {
        return argument.substring(0, argument.indexOf('=') + 1);
    }

    /** What stands between the outer brackets, cut at the commas outside of inner ones; nothing where the text is another. */
    private static List<String> arguments(String text) {
        List<String> parts = new ArrayList<>();
        int open = text.indexOf('[');
        if (open < 0 || !text.endsWith("]")) {
            return parts;
        }
        int depth = 0;
        int begin = open + 1;
        for (int at = begin; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean end = at == text.length() - 1;
            if ((c == ',' && depth == 0) || end) {
                parts.add(text.substring(begin, at).strip());
                begin = at + 1;
            }
            depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
        }
        return parts;
    }
}
