package dev.fovea.compiler.elaborate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Checks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compile-time values: each expression becomes the size of an input, or says why not. */
class ValuesTest {
    private static final String FILE = """
            const TWO = 2
            const HALF = 0.5
            const WIDTHS = [8, 16, 32]
            fun twice(n: int, times: int = 2) : int = n * times
            fun divisible(v: float, by: int = 8) : int = max(by, floor((v + by / 2.0) / by) * by)
            model Net {
              input x: [3, 5, 7]
              input y: [%s]
              output z = add(x, x) -> flatten
              output w = y
            }
            """;

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            1 + 2 * 3;                       7
            (1 + 2) * 3;                     9
            7 - 2 - 1;                       4
            6 / 3;                           2
            -7 % 3;                          2
            7 % -3 + 10;                     8
            floor(7 / 2);                    3
            floor(-7 / 2) + 10;              6
            ceil(7 / 2);                     4
            round(7 / 2);                    4
            round(2.5);                      3
            round(-2.5) + 10;                7
            round(-5 / 2) + 10;              7
            floor(2.9);                      2
            ceil(2.1);                       3
            floor(HALF * 9);                 4
            floor(9_007_199_254_740_993 / 9_007_199_254_740_992); 1
            abs(-4);                         4
            min(3, 1, 2);                    1
            max([3, 1, 2]);                  3
            max(2, 1.5);                     2
            sum([1, 2, 3]);                  6
            sum(range(5));                   10
            len(range(7));                   7
            len(WIDTHS);                     3
            WIDTHS[len(WIDTHS) - 1];         32
            ([1, 2] + [3])[2];               3
            (4, 5)[1];                       5
            round(sqrt(16));                 4
            twice(4);                        8
            twice(4, times=3);               12
            twice(n=4);                      8
            divisible(21);                   24
            divisible(3.0);                  8
            if TWO == 2 then 5 else 6;       5
            if TWO == 2.0 then 5 else 6;     5
            if 'same' == 'same' and TWO > 0 then 5 else 6; 5
            if WIDTHS == [8, 16, 32] then 5 else 6; 5
            if not (TWO >= 3 or TWO < 0) then 5 else 6; 5
            if TWO != 2 and 1 / 0 == 1 then 5 else 6; 6
            if TWO == 2 or 1 / 0 == 1 then 5 else 6; 5
            x.channels;                      3
            x.height;                        5
            x.width;                         7
            x.rank;                          3
            x.size;                          105
            x.shape[1];                      5
            sum(x.shape);                    15
            """)
    void comesTo(String expression, int expected) {
        CheckResult result = Checks.check(FILE.formatted(expression.replace('\'', '"')));
        assertThat(result.diagnostics()).isEmpty();
        assertThat(result.models().get(0).inputs().get(1).shape().extent(0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            7 / 2;                                   CNN0252
            7 / 0;                                   CNN0253
            7 % 0;                                   CNN0253
            7.0 / 0;                                 CNN0253
            ceil(7 / 0);                             CNN0253
            9_223_372_036_854_775_807 + 1;           CNN0251
            -9_223_372_036_854_775_807 - 2;          CNN0251
            9_223_372_036_854_775_807 * 3;           CNN0251
            -(-9_223_372_036_854_775_807 - 1);       CNN0251
            abs(-9_223_372_036_854_775_807 - 1);     CNN0251
            (-9_223_372_036_854_775_807 - 1) / -1;   CNN0251
            floor(1e30);                             CNN0251
            1e308 * 10;                              CNN0255
            sqrt(-1);                                CNN0255
            WIDTHS[3];                               CNN0254
            WIDTHS[-1];                              CNN0254
            WIDTHS[0.0];                             CNN0250
            TWO[0];                                  CNN0250
            -true;                                   CNN0250
            not 1;                                   CNN0250
            1 and true;                              CNN0250
            true or false;                           CNN0366
            1 < true;                                CNN0250
            1 == true;                               CNN0250
            [1] + 1;                                 CNN0250
            sum([true]);                             CNN0250
            sum(3);                                  CNN0250
            range(-1);                               CNN0250
            len();                                   CNN0256
            twice(1.5);                              CNN0259
            twice(1, 2, 3);                          CNN0256
            twice();                                 CNN0257
            min();                                   CNN0250
            relu;                                    CNN0366
            2.0;                                     CNN0366
            2_147_483_648;                           CNN0366
            """)
    void doesNotComeTo(String expression, String code) {
        CheckResult result = Checks.check(FILE.formatted(expression));
        assertThat(result.diagnostics()).extracting(one -> one.code().id()).containsExactly(code);
        assertThat(result.models()).isEmpty();
    }
}
