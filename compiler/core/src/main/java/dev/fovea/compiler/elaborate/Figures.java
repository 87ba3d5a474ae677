package dev.fovea.compiler.elaborate;

import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
    private Figures() {}

    /** {@code 61_100_840}, as the language may write it. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '_');
    }
}
