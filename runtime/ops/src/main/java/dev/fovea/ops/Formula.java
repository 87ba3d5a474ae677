package dev.fovea.ops;

import java.util.Locale;

/** Numbers and the formula of a window's output as messages show them: with a true minus sign, in 64 bits throughout. */
final class Formula {
    private Formula() {}

    /** {@code (224 − 11 + 2·0)/4 + 1 = 54.25}. */
    static String of(AxisSum axis) {
        return filledIn(axis) + equals(axis);
    }

    /** The same of an axis that fits. */
    static String of(Window.Axis axis) {
        return of(new AxisSum(
                axis.input(),
                axis.kernel(),
                axis.stride(),
                axis.dilation(),
                axis.before(),
                axis.after(),
                0,
                axis.output()));
    }

    private static String filledIn(AxisSum axis) {
        String kernel = axis.dilation() == 1
                ? " − " + axis.kernel()
                : " − " + axis.dilation() + "·(" + axis.kernel() + " − 1) − 1";
        String padding =
                axis.before() == axis.after() ? " + 2·" + axis.before() : " + " + axis.before() + " + " + axis.after();
        return "(" + axis.input() + kernel + padding + ")/" + axis.stride() + " + 1";
    }

    /** The quotient to at most three decimals, and ≈ where that is not all of it. */
    private static String equals(AxisSum axis) {
        long numerator = axis.padded() - axis.extent() + axis.stride();
        long whole = Math.abs(numerator) / axis.stride();
        long rest = Math.abs(numerator) % axis.stride();
        String sign = numerator < 0 ? "−" : "";
        if (rest == 0) {
            return " = " + sign + whole;
        }
        if (rest * 1000 % axis.stride() == 0) {
            String decimals = String.format(Locale.ROOT, "%03d", rest * 1000 / axis.stride());
            return " = " + sign + whole + "." + decimals.replaceAll("0+$", "");
        }
        long hundredths = (rest * 200 / axis.stride() + 1) / 2;
        return " ≈ " + sign + String.format(Locale.ROOT, "%d.%02d", whole + hundredths / 100, hundredths % 100);
    }

    /** {@code 5×5}. */
    static String times(long height, long width) {
        return height + "×" + width;
    }

    /** {@code 3} or {@code (3, 5)}. */
    static String pair(long height, long width) {
        return height == width ? Long.toString(height) : "(" + height + ", " + width + ")";
    }

    /** {@code 1 row}, {@code 3 columns}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
