package dev.fovea.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowMessagesTest {
    private static final Padding SAME = new Padding(Padding.Mode.SAME, 0, 0, 0, 0);

    private static MaxPool maxpool(int kernel, int stride, int padding, boolean ceilMode) {
        return new MaxPool(Pair.square(kernel), Pair.square(stride), Padding.all(padding), Pair.square(1), ceilMode);
    }

    @Test
    void tooLargeAKernel() {
        assertThat(Said.by(Said.conv(120, 7, Map.of()), Shape.of(16, 5, 5)))
                .containsExactly(
                        "error[CNN0301]: the kernel does not fit the input",
                        "  kernel 7 on a 5×5 input: (5 − 7 + 2·0)/1 + 1 = −1",
                        "  help: the largest kernel that fits is 5; or use padding=1");
    }

    @Test
    void tooLargeADilatedKernel() {
        Conv conv = Said.conv(3, 5, Map.of("dilation", Pair.square(3), "padding", Padding.of(1, 0, 0, 0)));
        assertThat(Said.by(conv, Shape.of(6, 11, 22)))
                .containsExactly(
                        "error[CNN0301]: the kernel does not fit the input",
                        "  kernel 5 with dilation 3 on a 11×22 input: (11 − 3·(5 − 1) − 1 + 1 + 0)/1 + 1 = 0",
                        "  help: the largest kernel that fits is 4; or use padding=(1, 0)");
    }

    @Test
    void aPoolThatMayHangOver() {
        assertThat(Said.by(maxpool(3, 2, 0, true), Shape.of(4, 2, 5)))
                .containsExactly(
                        "note: the last windows hang over the border by 1 row: rounded up, other frameworks may differ"
                                + " in size",
                        "[4, 1, 2]");
        assertThat(Said.by(maxpool(5, 2, 0, true), Shape.of(4, 2, 2)))
                .containsExactly(
                        "error[CNN0301]: the kernel does not fit the input",
                        "  kernel 5 on a 2×2 input: (2 − 5 + 2·0)/2 + 1 = −0.5",
                        "  help: the largest kernel that fits is 3; or use padding=2");
    }

    @Test
    void unreadRowsOfAlexNet() {
        assertThat(Said.by(Said.conv(64, 11, Map.of("stride", Pair.square(4))), Shape.of(3, 224, 224)))
                .containsExactly(
                        "warning[CNN0350]: the last row and column of the input are never read",
                        "  (224 − 11 + 2·0)/4 + 1 = 54.25",
                        "  help: use padding=2",
                        "  help: or an input of 223×223 or 227×227",
                        "[64, 54, 54]");
    }

    @Test
    void unreadColumnsOnly() {
        assertThat(Said.by(Said.conv(64, 7, Map.of("stride", Pair.square(3))), Shape.of(3, 100, 51)))
                .containsExactly(
                        "warning[CNN0350]: the last 2 columns of the input are never read",
                        "  (51 − 7 + 2·0)/3 + 1 ≈ 15.67",
                        "  help: use padding=(0, 1)",
                        "  help: or an input of 100×49 or 100×52",
                        "[64, 32, 15]");
    }

    @Test
    void mendsDoMend() {
        Conv padded = Said.conv(64, 11, Map.of("stride", Pair.square(4), "padding", Padding.all(2)));
        Conv bare = Said.conv(64, 11, Map.of("stride", Pair.square(4)));
        assertThat(Said.by(padded, Shape.of(3, 224, 224)))
                .containsExactly(
                        "note: the last row and column of padding are not read: (224 − 11 + 2·2)/4 + 1 = 55.25",
                        "[64, 55, 55]");
        assertThat(Said.by(bare, Shape.of(3, 223, 223))).containsExactly("[64, 54, 54]");
        assertThat(Said.by(bare, Shape.of(3, 227, 227))).containsExactly("[64, 55, 55]");
    }

    @Test
    void gapsAreMeant() {
        assertThat(Said.by(Said.conv(256, 1, Map.of("stride", Pair.square(2))), Shape.of(64, 56, 56)))
                .containsExactly("note: stride 2 skips 1 row and column between windows of kernel 1", "[256, 28, 28]");
    }

    @Test
    void gapsOfOneAxisDoNotHideTheOther() {
        List<String> said = Said.by(Said.conv(8, 2, Map.of("stride", new Pair(3, 2))), Shape.of(4, 8, 9));
        assertThat(said)
                .contains("note: stride (3, 2) skips 1 row between windows of kernel 2")
                .contains("warning[CNN0350]: the last column of the input is never read");
    }

    @Test
    void exactMeansExact() {
        Map<String, Object> rest = Map.of("stride", Pair.square(2), "padding", Padding.all(3), "round", "exact");
        assertThat(Said.by(Said.conv(64, 7, rest), Shape.of(3, 224, 224)))
                .containsExactly(
                        "error[CNN0305]: the stride does not divide",
                        "  (224 − 7 + 2·3)/2 + 1 = 112.5, but the rounding is \"exact\"",
                        "  help: use an input of 223×223 or 225×225");
        assertThat(Said.by(Said.conv(64, 7, rest), Shape.of(3, 225, 225))).containsExactly("[64, 113, 113]");
    }

    @Test
    void sameWithAStride() {
        Conv conv = Said.conv(8, 3, Map.of("stride", Pair.square(2), "padding", SAME));
        assertThat(Said.by(conv, Shape.of(3, 224, 224)))
                .containsExactly(
                        "warning[CNN0308]: \"same\" with a stride pads unevenly",
                        "  pads (top, bottom, left, right) = (0, 1, 0, 1), as TensorFlow does; PyTorch refuses \"same\""
                                + " with a stride",
                        "  help: padding=1 is what PyTorch networks use; its windows lie elsewhere",
                        "  help: padding=(0, 1, 0, 1) says the same and does not depend on the input's size",
                        "[8, 112, 112]");
        assertThat(Said.by(conv, Shape.of(3, 225, 225))).last().isEqualTo("[8, 113, 113]");
    }

    @Test
    void tooMuchPadding() {
        assertThat(Said.by(maxpool(3, 2, 2, false), Shape.of(64, 112, 112)))
                .containsExactly(
                        "error[CNN0303]: the padding is more than half the window",
                        "  padding 2 with kernel 3: at most 1",
                        "  help: use padding=1");
        Map<String, Object> reflect = Map.of("padding", Padding.all(5), "padding_mode", "reflect");
        assertThat(Said.by(Said.conv(8, 3, reflect), Shape.of(6, 5, 22)))
                .containsExactly(
                        "error[CNN0303]: the padding is too large for padding_mode=\"reflect\"",
                        "  padding 5 on 5 rows: at most 4",
                        "  help: use padding=4 or less, or padding_mode=\"replicate\"");
    }
}
