package dev.fovea.runtime.model;

import java.util.Locale;

/**
 * A layer whose values are not all finite.
 *
 * @param name of the layer
 * @param operator it applies
 * @param values how many it gave, of the whole batch
 * @param notNumbers how many of them are NaN
 * @param infinite how many are infinite
 * @param least the smallest of the others; NaN where there are none
 * @param most the largest of the others
 * @param mean of the others
 */
public record NonFiniteLayer(
        String name,
        String operator,
        long values,
        long notNumbers,
        long infinite,
        float least,
        float most,
        double mean) {
    static NonFiniteLayer of(String name, String operator, float[] values) {
        long notNumbers = 0;
        long infinite = 0;
        float least = Float.NaN;
        float most = Float.NaN;
        double sum = 0;
        for (float value : values) {
            if (Float.isNaN(value)) {
                notNumbers++;
            } else if (Float.isInfinite(value)) {
                infinite++;
            } else {
                least = Float.isNaN(least) ? value : Math.min(least, value);
                most = Float.isNaN(most) ? value : Math.max(most, value);
                sum += value;
            }
        }
        double mean = sum / (values.length - notNumbers - infinite);
        return new NonFiniteLayer(name, operator, values.length, notNumbers, infinite, least, most, mean);
    }

    /** In words: {@code `fc1` (dense): of its 40 values 12 are NaN and 3 infinite, the others lie between -1.2 and 3.4e+38, mean 1.1}. */
    public String describe() {
        String others = Float.isNaN(least)
                ? ""
                : String.format(Locale.ROOT, ", the others lie between %.4g and %.4g, mean %.4g", least, most, mean);
        return String.format(
                Locale.ROOT,
                "`%s` (%s): of its %d values %d are NaN and %d infinite%s",
                name,
                operator,
                values,
                notNumbers,
                infinite,
                others);
    }
}
