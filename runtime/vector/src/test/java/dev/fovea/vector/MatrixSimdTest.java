package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.simd.MatrixSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tiles of products against three loops in double. */
class MatrixSimdTest {
    /** Each implementation has tiles of as many, whichever it prefers. */
    private static final int MOST_ROWS = 6;

    /** Longer than where plain loops begin to keep many sums, and no multiple of what they take at a time. */
    private static final int MIDDLE_ROW = 656;

    /** The same of where they keep the most. */
    private static final int LONG_ROW = 2448;

    private static final double UNIT = Math.ulp(1f) / 2;

    static List<Simd> implementations() {
        return Simds.all();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void tilesOfAllSizes(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        int columns = matrix.columns();
        for (int rows = 1; rows <= Math.max(MOST_ROWS, matrix.tileRows()); rows++) {
            boolean gathers = rows <= MatrixSimd.GATHERED_TILE_ROWS;
            for (int depth : new int[] {0, 1, 2, 3, 4, 5, 17, 64}) {
                Random random = new Random(100L * rows + depth);
                int[] aRows = {-1, 40, 3, 200, 90, 201, 310, 0, 77, 12, 41, 42, 43};
                float[] a = Ranges.random(random, 10 + 310 + depth);
                int[] bRows = new int[depth + 2];
                for (int k = 2; k < bRows.length; k++) {
                    bRows[k] = random.nextInt(500);
                }
                float[] b = Ranges.random(random, 4 + 500 + Math.max(depth, 1) * columns);
                int stride = columns + 3;
                float[] c = Ranges.random(random, 7 + rows * stride);
                float[] panel = c.clone();
                matrix.multiply(rows, a, 10, aRows, 1, b, 4, depth, panel, 5, stride);
                float[] gathered = c.clone();
                if (gathers) {
                    matrix.multiplyGathered(rows, 1, a, 10, aRows, 1, b, 4, bRows, 2, depth, gathered, 5, stride);
                }
                float[] rest = c.clone();
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        int at = 5 + i * stride + j;
                        double sum = c[at];
                        double size = Math.abs(sum);
                        double sumGathered = sum;
                        double sizeGathered = size;
                        for (int k = 0; k < depth; k++) {
                            double factor = a[10 + aRows[1 + i] + k];
                            double term = factor * b[4 + k * columns + j];
                            double termGathered = factor * b[4 + bRows[2 + k] + j];
                            sum += term;
                            size += Math.abs(term);
                            sumGathered += termGathered;
                            sizeGathered += Math.abs(termGathered);
                        }
                        double gamma = 2 * (depth + 1) * UNIT;
                        String what = simd.description() + " rows " + rows + " depth " + depth + " at " + i + ", " + j;
                        assertThat((double) panel[at]).as(what).isCloseTo(sum, Offset.offset(gamma * size));
                        if (gathers) {
                            assertThat((double) gathered[at])
                                    .as(what)
                                    .isCloseTo(sumGathered, Offset.offset(gamma * sizeGathered));
                        }
                        rest[at] = panel[at];
                        gathered[at] = panel[at];
                    }
                }
                assertThat(panel).as("outside the tile").isEqualTo(rest);
                assertThat(gathered).as("outside the tile").isEqualTo(rest);
            }
        }
    }

    /** Rows that the quicker loops take, among them more than a tile of whole panels has: the bits of each row by itself. */
    @ParameterizedTest
    @MethodSource("implementations")
    void rowsAtTheDistanceForSpeed(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        int columns = matrix.columns();
        int[] aRows = new int[14];
        for (int i = 0; i < aRows.length; i++) {
            aRows[i] = 7 + i * MatrixSimd.ROW_DISTANCE;
        }
        for (int used : new int[] {1, matrix.lanes(), columns}) {
            int most = used <= matrix.lanes() ? matrix.narrowTileRows() : matrix.tileRows();
            for (int rows = 1; rows <= most; rows++) {
                for (int depth : new int[] {0, 1, 2, 7, 64, MatrixSimd.ROW_DISTANCE - 16}) {
                    if (rows > matrix.tileRows() && rows < most) {
                        continue; // tiles of one register are whole or as high as others
                    }
                    Random random = new Random(100L * rows + depth);
                    int bAt = 20 + aRows[13] + MatrixSimd.ROW_DISTANCE;
                    float[] work = Ranges.random(random, bAt + depth * columns);
                    int stride = columns + 3;
                    float[] before = Ranges.random(random, 5 + rows * stride);
                    float[] expected = before.clone();
                    float[] actual = before.clone();
                    for (int i = 0; i < rows; i++) {
                        int[] row = {aRows[2 + i]};
                        matrix.multiply(1, work.clone(), 9, row, 0, work, bAt, depth, expected, 5 + i * stride, stride);
                    }
                    matrix.multiplyUsed(rows, used, work, 9, aRows, 2, work, bAt, depth, actual, 5, stride);
                    for (int i = 0; i < rows; i++) {
                        for (int j = used; j < columns; j++) {
                            actual[5 + i * stride + j] = expected[5 + i * stride + j];
                        }
                    }
                    assertThat(actual)
                            .as("%s: %d rows, %d columns, %d terms", simd.description(), rows, used, depth)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** Rows that lie side by side: the bits of rows that lie one behind the other. */
    @ParameterizedTest
    @MethodSource("implementations")
    void rowsTurnedAround(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        int columns = matrix.columns();
        if (!matrix.multipliesTurned()) {
            assertThatThrownBy(() -> matrix.multiplyTurned(4, new float[999], 0, new float[999], 0, 1, 0, columns))
                    .isInstanceOf(IllegalStateException.class);
            return;
        }
        int side = matrix.turnedRows();
        for (int rows : new int[] {matrix.turnedTileRows(), matrix.turnedNarrowTileRows()}) {
            int used = rows == matrix.turnedTileRows() ? columns : matrix.lanes();
            for (int depth : new int[] {0, 1, 2, 7, 64, 288}) {
                Random random = new Random(100L * rows + depth);
                float[] a = Ranges.random(random, rows * depth);
                float[] panel = Ranges.random(random, depth * columns);
                int stride = columns + 3;
                int aAt = 5;
                int bAt = aAt + side * depth;
                int cAt = bAt + depth * columns + 2;
                float[] actual = Ranges.random(random, cAt + rows * stride);
                for (int i = 0; i < rows; i++) {
                    for (int k = 0; k < depth; k++) {
                        actual[aAt + side * k + i] = a[i * depth + k];
                    }
                }
                System.arraycopy(panel, 0, actual, bAt, panel.length);
                float[] expected = actual.clone();
                for (int i = 0; i < rows; i++) {
                    matrix.multiply(
                            1, a, 0, new int[] {i * depth}, 0, panel, 0, depth, expected, cAt + i * stride, stride);
                }
                float[] apart = actual.clone();
                matrix.multiplyTurned(rows, actual, aAt, actual, bAt, depth, cAt, stride);
                if (matrix.multipliesTurnedApart()) {
                    float[] first = Arrays.copyOf(apart, bAt);
                    Arrays.fill(apart, aAt, bAt, Float.NaN);
                    matrix.multiplyTurned(rows, first, aAt, apart, bAt, depth, cAt, stride);
                    System.arraycopy(first, aAt, apart, aAt, bAt - aAt);
                    assertThat(apart).as("in an array of its own").isEqualTo(actual);
                }
                for (int i = 0; i < rows; i++) {
                    for (int j = used; j < columns; j++) {
                        actual[cAt + i * stride + j] = expected[cAt + i * stride + j];
                    }
                }
                assertThat(actual)
                        .as("%s: %d rows, %d terms", simd.description(), rows, depth)
                        .isEqualTo(expected);
            }
        }
    }

    /** Columns by rows side by side: the bits of rows one behind the other. */
    @ParameterizedTest
    @MethodSource("implementations")
    void fewColumns(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        if (matrix.turnedColumns() == 0) {
            assertThatThrownBy(() -> matrix.multiplyColumns(1, new float[999], 0, 0, new float[999], 0, 1, 0))
                    .isInstanceOf(IllegalStateException.class);
            return;
        }
        int columns = matrix.columns();
        int width = matrix.turnedColumns();
        int side = matrix.turnedRows();
        for (int groups : new int[] {1, 2}) {
            for (int first : new int[] {0, 7, columns - width}) {
                for (int depth : new int[] {0, 1, 7, 288}) {
                    Random random = new Random(1000L * groups + 10L * first + depth);
                    int rows = groups * side;
                    int aStride = side * depth + 3;
                    float[] a = Ranges.random(random, 2 + groups * aStride);
                    int bAt = 4;
                    int cAt = bAt + depth * columns + 1;
                    float[] actual = Ranges.random(random, cAt + width * rows + 5);
                    float[] expected = actual.clone();
                    for (int i = 0; i < rows; i++) {
                        float[] row = new float[depth];
                        float[] sums = new float[columns];
                        for (int k = 0; k < depth; k++) {
                            row[k] = a[2 + i / side * aStride + k * side + i % side];
                        }
                        for (int j = 0; j < width; j++) {
                            sums[first + j] = actual[cAt + j * rows + i];
                        }
                        matrix.multiply(1, row, 0, new int[1], 0, actual, bAt, depth, sums, 0, columns);
                        for (int j = 0; j < width; j++) {
                            expected[cAt + j * rows + i] = sums[first + j];
                        }
                    }
                    matrix.multiplyColumns(groups, a, 2, aStride, actual, bAt + first, depth, cAt);
                    assertThat(actual)
                            .as("%s: %d groups, from column %d, %d terms", simd.description(), groups, first, depth)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** The same bits as of a whole panel where they count, and nothing beside the tile. */
    @ParameterizedTest
    @MethodSource("implementations")
    void panelsThatAreNotFull(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        int columns = matrix.columns();
        for (int rows = 1; rows <= matrix.tileRows(); rows++) {
            for (int used : new int[] {1, columns / 2, columns - 1, columns}) {
                for (int depth : new int[] {0, 1, 6, 32}) {
                    Random random = new Random(100L * rows + depth);
                    int[] aRows = {40, 3, 200, 90, 201, 310, 0, 77, 12, 41, 42, 43};
                    float[] a = Ranges.random(random, 320 + depth);
                    float[] b = Ranges.random(random, 4 + depth * columns);
                    int stride = columns + 3;
                    float[] before = Ranges.random(random, 7 + rows * stride);
                    float[] expected = before.clone();
                    float[] actual = before.clone();
                    matrix.multiply(rows, a, 10, aRows, 0, b, 4, depth, expected, 5, stride);
                    matrix.multiplyUsed(rows, used, a, 10, aRows, 0, b, 4, depth, actual, 5, stride);
                    for (int i = 0; i < rows; i++) {
                        for (int j = used; j < columns; j++) {
                            actual[5 + i * stride + j] = expected[5 + i * stride + j];
                        }
                    }
                    assertThat(actual)
                            .as("%s: %d rows, %d columns, %d terms", simd.description(), rows, used, depth)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** The same bits as one tile after the other, and nothing beside them. */
    @ParameterizedTest
    @MethodSource("implementations")
    void tilesSideBySide(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        int columns = matrix.columns();
        for (int rows = 1; rows <= MatrixSimd.GATHERED_TILE_ROWS; rows++) {
            for (int tiles = 1; tiles <= 5; tiles++) {
                for (int depth : new int[] {0, 1, 25}) {
                    Random random = new Random(100L * rows + 10 * tiles + depth);
                    int[] aRows = {0, 40, 3, 200, 90, 201};
                    float[] a = Ranges.random(random, 210 + depth);
                    int[] bRows = random.ints(depth + 1L, 0, 500).toArray();
                    float[] b = Ranges.random(random, 510 + tiles * columns);
                    int stride = tiles * columns + 3;
                    float[] actual = Ranges.random(random, 7 + rows * stride);
                    float[] expected = actual.clone();
                    matrix.multiplyGathered(rows, tiles, a, 1, aRows, 0, b, 4, bRows, 1, depth, actual, 5, stride);
                    for (int at = 0; at < tiles * columns; at += columns) {
                        matrix.multiplyGathered(
                                rows, 1, a, 1, aRows, 0, b, 4 + at, bRows, 1, depth, expected, 5 + at, stride);
                    }
                    assertThat(actual)
                            .as("%s: %d rows, %d tiles, %d terms", simd.description(), rows, tiles, depth)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** The same bits as with A's elements side by side, and nothing beside them. */
    @ParameterizedTest
    @MethodSource("implementations")
    void elementsAnywhere(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        int columns = matrix.columns();
        for (int rows = 0; rows <= 14; rows++) {
            for (int depth : new int[] {0, 1, 2, 5, 64}) {
                Random random = new Random(100L * rows + depth);
                int[] aRows = random.ints(rows + 1L, 0, 300).toArray();
                int[] terms = random.ints(depth + 2L, 0, 300).toArray();
                float[] a = Ranges.random(random, 610);
                float[] b = Ranges.random(random, 4 + depth * columns);
                int stride = columns + 3;
                float[] actual = Ranges.random(random, 7 + rows * stride);
                float[] expected = actual.clone();
                matrix.multiplyScattered(rows, a, 9, aRows, 1, terms, 2, b, 4, depth, actual, 5, stride);
                for (int i = 0; i < rows; i++) {
                    float[] row = new float[depth];
                    for (int k = 0; k < depth; k++) {
                        row[k] = a[9 + aRows[1 + i] + terms[2 + k]];
                    }
                    matrix.multiply(1, row, 0, new int[] {0}, 0, b, 4, depth, expected, 5 + i * stride, 0);
                }
                assertThat(actual)
                        .as("%s: %d rows, %d terms", simd.description(), rows, depth)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void aVectorTimesRows(Simd simd) {
        Random random = new Random(11);
        for (int count = 0; count <= 9; count++) {
            for (int length : new int[] {0, 1, 3, 4, 8, 9, 16, 21, 32, 37, 75, 400}) {
                int stride = length + 5;
                float[] a = Ranges.random(random, 2 + length);
                float[] b = Ranges.random(random, 3 + count * stride);
                float[] y = Ranges.random(random, 4 + count);
                float[] actual = y.clone();
                simd.matrix().addDotProducts(a, 2, b, 3, stride, count, length, actual, 2);
                for (int j = 0; j < count; j++) {
                    double sum = y[2 + j];
                    double size = Math.abs(sum);
                    for (int k = 0; k < length; k++) {
                        double term = (double) a[2 + k] * b[3 + j * stride + k];
                        sum += term;
                        size += Math.abs(term);
                    }
                    assertThat((double) actual[2 + j])
                            .as("%s: row %d of %d, %d terms", simd.description(), j, count, length)
                            .isCloseTo(sum, Offset.offset(2 * (length + 2) * UNIT * size));
                    actual[2 + j] = y[2 + j];
                }
                assertThat(actual).as("outside the sums").isEqualTo(y);
            }
        }
    }

    /** The same bits as by tiles, and nothing beside them. */
    @ParameterizedTest
    @MethodSource("implementations")
    void aRowIsTheProductOfATileOfOne(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        Random random = new Random(10);
        for (int panels = 1; panels <= 8; panels++) {
            for (int depth : new int[] {0, 1, 9, 25}) {
                int length = panels * matrix.columns();
                float[] a = Ranges.random(random, depth + 3);
                float[] b = Ranges.random(random, 7 * depth + length + 8);
                int[] rows = new int[depth + 2];
                for (int k = 0; k < depth; k++) {
                    rows[k + 2] = 7 * k;
                }
                float[] actual = Ranges.random(random, length + 9);
                float[] expected = actual.clone();
                matrix.multiplyRow(a, 3, b, 4, rows, 2, depth, actual, 5, length);
                for (int j = 0; j < length; j += matrix.columns()) {
                    matrix.multiplyGathered(1, 1, a, 3, new int[] {0}, 0, b, 4 + j, rows, 2, depth, expected, 5 + j, 0);
                }
                assertThat(actual)
                        .as(simd.description() + " " + panels + " " + depth)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void laneProducts(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        int lanes = matrix.lanes();
        Random random = new Random(9);
        for (int rows = 1; rows <= matrix.laneTileRows(); rows++) {
            for (int columns = 1; columns <= matrix.laneTileColumns(); columns++) {
                for (int length : new int[] {0, lanes, 2 * lanes, 7 * lanes, MIDDLE_ROW, LONG_ROW}) {
                    int[] aRows = {-1, 300, 11, 155, 9, 10, 0, 290, 31, 7, 8, 5, 5, 107, 33, 2, 201};
                    int[] bRows = {-1, -1, 7, 290, 120, 3, 0, 31, 300, 8, 9, 77, 2, 2, 161, 203, 44, 1};
                    float[] a = Ranges.random(random, 310 + length);
                    float[] b = Ranges.random(random, 310 + length);
                    int stride = columns * lanes + 2;
                    float[] c = Ranges.random(random, 3 + rows * stride);
                    float[] sums = c.clone();
                    matrix.addLaneProducts(rows, columns, a, 1, aRows, 1, b, 2, bRows, 2, length, sums, 3, stride);
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            double sum = 0;
                            double size = 0;
                            for (int k = 0; k < length; k++) {
                                double term = (double) a[1 + aRows[1 + i] + k] * b[2 + bRows[2 + j] + k];
                                sum += term;
                                size += Math.abs(term);
                            }
                            double got = 0;
                            for (int lane = 0; lane < lanes; lane++) {
                                int at = 3 + i * stride + j * lanes + lane;
                                got += sums[at] - (double) c[at];
                                size += Math.abs(c[at]);
                                sums[at] = c[at];
                            }
                            assertThat(got).isCloseTo(sum, Offset.offset(2 * (length + 2) * UNIT * size));
                        }
                    }
                    assertThat(sums).as("outside the sums").isEqualTo(c);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void piecesOfEverySecond(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        int piece = matrix.piece();
        float[] source = Ranges.random(new Random(4), 400 + 2 * piece);
        int[] rows = {-1, 50, 0, 130};
        int width = 2 + piece + 1;
        int[] pieces = {17, 0, 40, 2, 3, 2 + piece, -1, -1};
        float[] target = new float[5 + 3 * width + piece];
        matrix.copySecondPieces(source, rows, 1, 3, pieces, 3, target, 5, width);
        for (int r = 0; r < 3; r++) {
            float[] expected = new float[width];
            for (int i = 0; i < width; i++) {
                int from = i < 2 ? 17 + 2 * i : i < 2 + piece ? 40 + 2 * (i - 2) : 3;
                expected[i] = source[rows[1 + r] + from];
            }
            assertThat(Arrays.copyOfRange(target, 5 + r * width, 5 + (r + 1) * width))
                    .as("row %d", r)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void pieces(Simd simd) {
        MatrixSimd matrix = simd.matrix();
        int piece = matrix.piece();
        Random random = new Random(4);
        float[] source = Ranges.random(random, 400 + piece);
        int[] rows = {-1, 50, 0, 130};
        // A short piece, a whole one, and one of a single element.
        int width = 2 + piece + 1;
        int[] pieces = {-1, -1, 17, 0, 40, 2, 3, 2 + piece};
        float[] target = new float[5 + 3 * width + piece];
        matrix.copyPieces(source, 9, rows, 1, 3, pieces, 1, 3, target, 5, width);
        for (int r = 0; r < 3; r++) {
            float[] expected = new float[width];
            for (int i = 0; i < width; i++) {
                int from = i < 2 ? 17 + i : i < 2 + piece ? 40 + i - 2 : 3;
                expected[i] = source[9 + rows[1 + r] + from];
            }
            assertThat(Arrays.copyOfRange(target, 5 + r * width, 5 + (r + 1) * width))
                    .as("row %d", r)
                    .isEqualTo(expected);
        }
    }
}
