package dev.fovea.cli;

import java.util.List;
import java.util.Locale;

/** Amounts of memory for people. */
final class Bytes {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Bytes() {}

    /** Three digits or so and a unit: {@code 18.4 KiB}. */
    static String text(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.size() - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || amount >= 100 ? "%.0f %s" : "%.1f %s", amount, UNITS.get(unit));
    }
}
