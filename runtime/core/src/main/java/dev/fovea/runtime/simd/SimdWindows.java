package dev.fovea.runtime.simd;

import java.util.Arrays;

/**
 * Pooling of a row of outputs, every window of which lies wholly within its plane and reads the stencil's first {@code
 * taps} elements: all of them, or fewer rows at the top or bottom. Windows may overlap; the ranges written overlap
 * nothing.
 */
public interface SimdWindows {
    /** What a place has added that gets no gradient; places are less. */
    int MARK = 1 << 30;

    /** {@code y[j] = Σ} of window j, in reading order. */
    void sum(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length);

    /**
     * {@code y[j] = factor·Σ} of window j, of all taps in whatever order, for several rows of outputs, which lie one behind the other.
     *
     * @param xStep from what the first window of a row reads to what that of the next row reads
     * @param rows how many
     * @param length of each row
     */
    default void meanRows(
            Stencil stencil, float factor, float[] x, int xAt, int xStep, float[] y, int yAt, int rows, int length) {
        for (int row = 0; row < rows; row++) {
            int to = yAt + row * length;
            sum(stencil, stencil.offsets().length, x, xAt + row * xStep, y, to, length);
            for (int j = to; j < to + length; j++) {
                y[j] *= factor;
            }
        }
    }

    /** {@code y[j] = max} of window j; NaN when one is a NaN. */
    void max(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length);

    /**
     * {@link #max(Stencil, int, float[], int, float[], int, int)} of all taps for several rows of outputs, which lie one behind the other.
     *
     * @param xStep from what the first window of a row reads to what that of the next row reads
     * @param rows how many
     * @param length of each row
     */
    default void maxRows(Stencil stencil, float[] x, int xAt, int xStep, float[] y, int yAt, int rows, int length) {
        for (int row = 0; row < rows; row++) {
            max(stencil, stencil.offsets().length, x, xAt + row * xStep, y, yAt + row * length, length);
        }
    }

    /**
     * {@code y[j] = max} of window j, and where it was: of equal elements the first in reading order wins, a NaN over
     * all.
     *
     * @param planeAt where the plane begins
     * @param origin the first element of window 0, counted from there
     * @param winners receives the position in the plane, as the bits of an int
     */
    void max(
            Stencil stencil,
            int taps,
            float[] x,
            int planeAt,
            int origin,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int length);

    /** Floats of workspace that several rows of {@code length} windows with their places take. */
    default int rooms(int length) {
        return 0;
    }

    /** Whether several rows with their places are quicker together than one by one. */
    default boolean takesRowsTogether() {
        return false;
    }

    /**
     * {@link #max(Stencil, int, float[], int, int, float[], int, float[], int, int)} of all taps for several rows of outputs.
     *
     * @param origin the first element of the first row's window 0
     * @param xStep from what the first window of a row reads to what that of the next row reads
     * @param step from one row of outputs, and of winners, to the next
     * @param rows how many
     * @param length of each row
     * @param rooms workspace, {@link #rooms} floats
     */
    default void maxRows(
            Stencil stencil,
            float[] x,
            int planeAt,
            int origin,
            int xStep,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int step,
            int rows,
            int length,
            float[] rooms) {
        int taps = stencil.offsets().length;
        for (int row = 0; row < rows; row++) {
            int first = origin + row * xStep;
            int at = row * step;
            max(stencil, taps, x, planeAt, first, y, yAt + at, winners, winnersAt + at, length);
        }
    }

    /**
     * The largest of two by two with step 2 and its place in its plane, for whole planes of even height and width, one behind the other: of equal
     * elements the first in reading order wins, a NaN over all, the last of several.
     *
     * @param width at most two registers
     * @param winners receives the position in the plane, as the bits of an int
     * @param rooms workspace, {@link #rooms} floats
     */
    default void maxOfSquares(
            float[] x,
            int xAt,
            int height,
            int width,
            int planes,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            float[] rooms) {
        for (int plane = 0; plane < planes; plane++) {
            int planeAt = xAt + plane * height * width;
            int at = plane * (height / 2) * (width / 2);
            for (int first = 0; first < height * width; first += 2 * width) {
                for (int i = first; i < first + width; i += 2) {
                    int upper = larger(x, planeAt, i, i + 1);
                    int lower = larger(x, planeAt, i + width, i + width + 1);
                    int winner = larger(x, planeAt, upper, lower);
                    y[yAt + at] = x[planeAt + winner];
                    winners[winnersAt + at++] = Float.intBitsToFloat(winner);
                }
            }
        }
    }

    /**
     * The gradient of {@link #maxOfSquares}, for planes of any width: of the four elements of each window the largest gets what there is in {@code dy}, unless its
     * place is {@linkplain #mark marked}, and the others 0.
     */
    default void spreadSquares(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            float[] dx,
            int dxAt,
            int height,
            int width,
            int planes) {
        int area = height * width;
        Arrays.fill(dx, dxAt, dxAt + planes * area, 0);
        for (int plane = 0; plane < planes; plane++) {
            int at = plane * area / 4;
            spreadPlainly(dy, dyAt + at, winners, winnersAt + at, dx, dxAt + plane * area, area / 4);
        }
    }

    /** Windows of one plane of {@link #spreadSquares}, where there are zeros already. */
    static void spreadPlainly(
            float[] dy, int dyAt, float[] winners, int winnersAt, float[] dx, int planeAt, int windows) {
        for (int i = 0; i < windows; i++) {
            int winner = Float.floatToRawIntBits(winners[winnersAt + i]);
            // No branch, which would be a matter of luck.
            int kept = Float.floatToRawIntBits(0 + dy[dyAt + i]) & ~-(winner >>> 30);
            dx[planeAt + (winner & (MARK - 1))] = Float.intBitsToFloat(kept);
        }
    }

    /**
     * {@link #maxOfSquares} of numbers that are not negative, for planes of any even width, with the places of what is 0 {@linkplain #mark marked}: of several NaNs the one with the largest bits is over
     * all, the sign of a number does not count.
     */
    default void maxOfRectifiedSquares(
            float[] x, int xAt, int height, int width, int planes, float[] y, int yAt, float[] winners, int winnersAt) {
        for (int row = 0; row < planes * height / 2; row++) {
            rectifiedRow(x, xAt, height, width, row, y, yAt, winners, winnersAt);
        }
    }

    /** A row of windows of {@link #maxOfRectifiedSquares}, counted through all planes. */
    static void rectifiedRow(
            float[] x, int xAt, int height, int width, int row, float[] y, int yAt, float[] winners, int winnersAt) {
        int at = xAt + row * 2 * width;
        int place = row % (height / 2) * 2 * width;
        for (int i = 0; i < width; i += 2) {
            int upper = positive(x[at + i + 1]) > positive(x[at + i]) ? i + 1 : i;
            int lower = positive(x[at + width + i + 1]) > positive(x[at + width + i]) ? width + i + 1 : width + i;
            int winner = positive(x[at + lower]) > positive(x[at + upper]) ? lower : upper;
            int most = positive(x[at + winner]);
            int to = (row * width + i) / 2;
            y[yAt + to] = Float.intBitsToFloat(most);
            winners[winnersAt + to] = Float.intBitsToFloat(place + winner | (most == 0 ? MARK : 0));
        }
    }

    /** The bits of a number without its sign, which are ordered as numbers are, NaNs last. */
    private static int positive(float value) {
        return Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
    }

    /** Adds {@link #MARK} to the places of maxima that are not positive, which a rectifier's gradient does not pass. */
    default void mark(float[] y, int yAt, float[] winners, int winnersAt, int length) {
        for (int i = 0; i < length; i++) {
            if (y[yAt + i] <= 0) {
                int winner = Float.floatToRawIntBits(winners[winnersAt + i]);
                winners[winnersAt + i] = Float.intBitsToFloat(winner | MARK);
            }
        }
    }

    /** The second where it is larger, or a NaN. */
    private static int larger(float[] x, int planeAt, int one, int other) {
        float a = x[planeAt + one];
        float b = x[planeAt + other];
        return b > a || Float.isNaN(b) ? other : one;
    }

    /**
     * The largest of three neighbours, and where it was: of equal elements the first wins, a NaN over all (which of several is not said). {@code y[yAt + i] = max(x[i], x[i +
     * 1], x[i + 2])}, and at {@code placesAt + i} one of i, i + 1 and i + 2, as the bits of an int.
     *
     * @param length at least {@link Simd#lanes}
     */
    default void maxOfThree(float[] x, int xAt, float[] y, int yAt, int placesAt, int length) {
        for (int i = 0; i < length; i++) {
            int best = i;
            for (int place = i + 1; place <= i + 2; place++) {
                float one = x[xAt + place];
                if (one > x[xAt + best] || (Float.isNaN(one) && !Float.isNaN(x[xAt + best]))) {
                    best = place;
                }
            }
            y[yAt + i] = x[xAt + best];
            y[placesAt + i] = Float.intBitsToFloat(best);
        }
    }

    /**
     * The largest of three rows, element by element, and the place that goes with it, {@code places} floats behind each: of equal ones that
     * of the first row wins, a NaN over all. What is written may be followed by up to {@link Simd#lanes} − 1 more, and as many may be
     * read behind the rows.
     */
    default void maxOfRows(float[] y, int first, int second, int third, int places, int to, int placesTo, int length) {
        for (int i = 0; i < length; i++) {
            int best = first + i;
            if (y[second + i] > y[best] || (Float.isNaN(y[second + i]) && !Float.isNaN(y[best]))) {
                best = second + i;
            }
            if (y[third + i] > y[best] || (Float.isNaN(y[third + i]) && !Float.isNaN(y[best]))) {
                best = third + i;
            }
            y[to + i] = y[best];
            y[placesTo + i] = y[places + best];
        }
    }

    /**
     * The largest of up to three rows of a plane, column by column, as bits of {@link FloatOrder}'s integers: {@code y[i] = max(x[i], x[i + second], x[i + third])}, for
     * several such triples. Up to {@link Simd#lanes} floats may be read from where a row begins, and written, where it is shorter: rows are done in
     * their order.
     *
     * @param second from a row to the second one, perhaps 0
     * @param third from a row to the third one, perhaps that of the second
     * @param xStep from one triple of rows to the next
     * @param yStep from what comes of one triple to what comes of the next
     * @param rows how many triples
     * @param length of a row
     */
    default void maxDown(
            float[] x, int xAt, int second, int third, int xStep, float[] y, int yAt, int yStep, int rows, int length) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i++) {
                int at = xAt + row * xStep + i;
                int lower = Math.max(FloatOrder.of(x[at + second]), FloatOrder.of(x[at + third]));
                y[yAt + row * yStep + i] = Float.intBitsToFloat(Math.max(FloatOrder.of(x[at]), lower));
            }
        }
    }

    /**
     * The largest of three neighbours each, {@code stride} apart, of what {@link #maxDown} gave, as floats again. {@code y[i]} is that of {@code x[stride·i]}, which counts always,
     * and of those before and behind it, which count no more than {@code limits} say: at {@code stride·i mod period} for the one before, {@code behind} further on
     * for the one behind. A whole register is read, with 2·{@link Simd#lanes} more of limits than the period, and written.
     *
     * @param stride 1 or 2
     * @param period at least {@code stride} registers
     * @param limits bits of integers: the largest where a neighbour counts, {@link FloatOrder#LOWEST} where not
     */
    default void maxAcross(
            int stride, float[] x, int xAt, float[] limits, int period, int behind, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            int at = xAt + stride * i;
            int limit = stride * i % period;
            int left = Math.min(Float.floatToRawIntBits(x[at - 1]), Float.floatToRawIntBits(limits[limit]));
            int right = Math.min(Float.floatToRawIntBits(x[at + 1]), Float.floatToRawIntBits(limits[behind + limit]));
            y[yAt + i] = FloatOrder.back(Math.max(Float.floatToRawIntBits(x[at]), Math.max(left, right)));
        }
    }
}
