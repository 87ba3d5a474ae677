package dev.fovea.compiler.emit;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Gives out names of one Java scope: from labels of the user's, each an identifier, none twice. */
final class JavaNames {
    private final Set<String> taken = new HashSet<>();

    /** Keeps a name from being given out. */
    JavaNames reserve(String... names) {
        taken.addAll(Set.of(names));
        return this;
    }

    /** A field: {@code conv1}; {@code fallback} goes before a label that begins with a digit. */
    String field(String label, String fallback) {
        return unique(lowerFirst(identifier(label, fallback)));
    }

    /** A constant: {@code CONV1}. */
    String constant(String label, String fallback) {
        String name = identifier(label, fallback);
        return unique(name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT));
    }

    /** A class: {@code Layer1}. */
    String type(String label, String fallback) {
        String name = identifier(label, fallback);
        return unique(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    }

    private static String identifier(String label, String fallback) {
        String letters = label.replaceAll("[^A-Za-z0-9_]", "_");
        if (letters.isEmpty() || Character.isDigit(letters.charAt(0))) {
            letters = fallback.replaceAll("[^A-Za-z0-9_]", "_") + letters;
        }
        return letters.startsWith("_") ? "x" + letters : letters;
    }

    private static String lowerFirst(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private String unique(String wanted) {
        String name = wanted;
        for (int i = 2; taken.contains(name) || SourceVersion.isKeyword(name); i++) {
            name = wanted + "_" + i;
        }
        taken.add(name);
        return name;
    }
}
