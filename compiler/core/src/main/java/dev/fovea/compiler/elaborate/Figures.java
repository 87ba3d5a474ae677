package dev.fovea.compiler.elaborate;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
    private Figures() {}

    /** {@code 61_100_840}, as the language may write it. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '_');
    }

    /** How far a figure is from another: {@code 26 more}, {@code 1_024 less}. */
    public static String more(BigDecimal figure, BigDecimal than) {
        return more(figure, than, "");
    }

    /** As {@link #more(BigDecimal, BigDecimal)}, in a unit: {@code 3.50 MiB more}. */
    public static String more(BigDecimal figure, BigDecimal than, String unit) {
        BigDecimal apart = figure.subtract(than).abs();
        boolean isWhole = apart.stripTrailingZeros().scale() <= 0;
        String amount = isWhole ? String.format(Locale.ROOT, "%,.0f", apart).replace(',', '_') : apart.toPlainString();
        return amount + (unit.isEmpty() ? "" : " " + unit) + (figure.compareTo(than) > 0 ? " more" : " less");
    }
}
