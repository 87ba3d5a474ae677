package dev.fovea.opencl;

import java.util.List;
import java.util.Locale;

/** Amounts of memory for people to read. */
final class Amounts {
    private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB");

    private Amounts() {}

    /** Three significant digits or so: {@code 512 bytes}, {@code 1.5 GiB}, {@code 640 MiB}. */
    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.size() - 1) {
            amount /= 1024;
            unit++;
        }
        boolean whole = amount == Math.rint(amount) || amount >= 100;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", amount, UNITS.get(unit));
    }
}
