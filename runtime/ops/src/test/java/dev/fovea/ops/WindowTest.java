package dev.fovea.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    private static final Padding SAME = new Padding(Padding.Mode.SAME, 0, 0, 0, 0);

    private static Window.Axis axis(int input, int kernel, int stride, Padding padding, int dilation, Rounding rounding)
            throws Misfit {
        return Window.over(
                        Shape.of(1, input, input),
                        Pair.square(kernel),
                        Pair.square(stride),
                        padding,
                        Pair.square(dilation),
                        rounding)
                .rows();
    }

    /** Columns: input, kernel, stride, padding, then rounded down, rounded up, as PyTorch's pools. */
    @ParameterizedTest
    @CsvSource({
        "64, 3, 2, 1, 32, 33, 33",
        "22, 3, 2, 0, 10, 11, 11",
        "112, 3, 2, 0, 55, 56, 56",
        "28, 3, 2, 0, 13, 14, 14",
        "3, 2, 2, 1, 2, 3, 2",
        "5, 2, 2, 1, 3, 4, 3",
        "4, 2, 3, 1, 2, 3, 2",
        "3, 2, 3, 0, 1, 2, 1",
        "5, 2, 3, 1, 2, 3, 2",
        "224, 11, 4, 0, 54, 55, 55",
        "224, 11, 4, 2, 55, 56, 56",
        "227, 11, 4, 0, 55, 55, 55",
    })
    void roundsAsPublished(int input, int kernel, int stride, int padding, int down, int up, int pool) throws Misfit {
        Padding sides = Padding.all(padding);
        assertThat(axis(input, kernel, stride, sides, 1, Rounding.FLOOR).output())
                .isEqualTo(down);
        assertThat(axis(input, kernel, stride, sides, 1, Rounding.CEIL).output())
                .isEqualTo(up);
        assertThat(axis(input, kernel, stride, sides, 1, Rounding.CEIL_FROM_INSIDE)
                        .output())
                .isEqualTo(pool);
    }

    /** Counts the windows one by one, for all small sizes. */
    @Test
    void agreesWithCounting() throws Misfit {
        for (int input = 1; input <= 9; input++) {
            for (int kernel = 1; kernel <= 5; kernel++) {
                for (int stride = 1; stride <= 4; stride++) {
                    for (int before = 0; before <= 2; before++) {
                        for (int after = 0; after <= 2; after++) {
                            for (int dilation = 1; dilation <= 2; dilation++) {
                                count(input, kernel, stride, Padding.of(before, after, before, after), dilation);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void count(int input, int kernel, int stride, Padding padding, int dilation) throws Misfit {
        int end = input + padding.bottom();
        int fitting = 0;
        List<Integer> read = new ArrayList<>();
        for (int start = -padding.top(); start + (kernel - 1) * dilation < end; start += stride) {
            fitting++;
            read.add(start + (kernel - 1) * dilation);
        }
        if (fitting == 0) {
            assertThatThrownBy(() -> axis(input, kernel, stride, padding, dilation, Rounding.FLOOR))
                    .isInstanceOfSatisfying(
                            Misfit.class, misfit -> assertThat(misfit.code()).isEqualTo("CNN0301"));
            return;
        }
        Window.Axis axis = axis(input, kernel, stride, padding, dilation, Rounding.FLOOR);
        int last = read.get(read.size() - 1);
        assertThat(axis.output()).isEqualTo(fitting);
        assertThat(axis.rest()).isEqualTo(end - 1 - last);
        assertThat(axis.unread()).isEqualTo(stride > axis.extent() ? 0 : Math.max(0, input - 1 - last));
        assertThat(axis.overhang()).isZero();
        Window.Axis up = axis(input, kernel, stride, padding, dilation, Rounding.CEIL);
        boolean divides = (last - end + 1) % stride == 0;
        assertThat(up.output()).isEqualTo(divides ? fitting : fitting + 1);
        assertThat(up.overhang()).isEqualTo(divides ? 0 : stride - axis.rest());
    }

    @ParameterizedTest
    @CsvSource({"5, 3, 1, 1, 1", "6, 3, 2, 0, 1", "7, 3, 2, 1, 1", "8, 5, 3, 1, 2", "9, 1, 2, 0, 0", "2, 4, 1, 1, 2"})
    void samePadsAsTensorFlow(int input, int kernel, int stride, int before, int after) throws Misfit {
        Window.Axis axis = axis(input, kernel, stride, SAME, 1, Rounding.FLOOR);
        assertThat(axis.output()).isEqualTo((input + stride - 1) / stride);
        assertThat(axis.before()).isEqualTo(before);
        assertThat(axis.after()).isEqualTo(after);
    }

    @Test
    void hugeNumbersDoNotWrap() {
        int most = Integer.MAX_VALUE;
        assertThatThrownBy(() -> axis(5, most, 1, Padding.NONE, most, Rounding.FLOOR))
                .isInstanceOfSatisfying(Misfit.class, misfit -> {
                    assertThat(misfit.code()).isEqualTo("CNN0301");
                    assertThat(misfit.label()).endsWith("= −4611686011984936957");
                });
        assertThatThrownBy(() -> axis(5, 3, 1, Padding.all(most), 1, Rounding.FLOOR))
                .isInstanceOfSatisfying(
                        Misfit.class, misfit -> assertThat(misfit.code()).isEqualTo("CNN0303"));
        assertThatThrownBy(() -> axis(5, most, 1, SAME, most, Rounding.FLOOR))
                .isInstanceOfSatisfying(
                        Misfit.class, misfit -> assertThat(misfit.code()).isEqualTo("CNN0303"));
    }
}
