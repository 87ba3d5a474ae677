package dev.fovea.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From values of the language (Long, Double, Boolean, String, lists) to arguments. */
class AttributeTypeTest {
    @Test
    void wholeNumbersFit32Bits() {
        assertThat(AttributeType.INT.convert(7L)).contains(7);
        assertThat(AttributeType.INT.convert(1L << 32)).isEmpty();
        assertThat(AttributeType.INT.convert(7.0)).isEmpty();
    }

    @Test
    void numbersAreFinite() {
        assertThat(AttributeType.FLOAT.convert(7L)).contains(7f);
        assertThat(AttributeType.FLOAT.convert(0.5)).contains(0.5f);
        assertThat(AttributeType.FLOAT.convert(1e39)).isEmpty();
        assertThat(AttributeType.FLOAT.convert("7")).isEmpty();
    }

    @Test
    void pairs() {
        assertThat(AttributeType.PAIR.convert(3L)).contains(Pair.square(3));
        assertThat(AttributeType.PAIR.convert(List.of(1L, 7L))).contains(new Pair(1, 7));
        assertThat(AttributeType.PAIR.convert(List.of(1L, 7L, 2L))).isEmpty();
        assertThat(AttributeType.PAIR.convert(List.of(1L, 7.0))).isEmpty();
    }

    @Test
    void paddings() {
        assertThat(AttributeType.PADDING.convert(2L)).contains(Padding.all(2));
        assertThat(AttributeType.PADDING.convert(List.of(0L, 3L))).contains(Padding.of(0, 0, 3, 3));
        assertThat(AttributeType.PADDING.convert(List.of(1L, 0L, 2L, 3L))).contains(Padding.of(1, 0, 2, 3));
        assertThat(AttributeType.PADDING.convert("same")).contains(new Padding(Padding.Mode.SAME, 0, 0, 0, 0));
        assertThat(AttributeType.PADDING.convert("full")).isEmpty();
        assertThat(AttributeType.PADDING.convert(List.of(1L, 2L, 3L))).isEmpty();
    }

    @Test
    void sidesAndEnds() {
        assertThat(AttributeType.SIDES.convert(List.of(1L, 0L, 2L, 3L))).contains(Padding.of(1, 0, 2, 3));
        assertThat(AttributeType.SIDES.convert("same"))
                .as("a rule has no amounts")
                .isEmpty();
        assertThat(AttributeType.ENDS.convert(2L)).contains(new Ends(2, 2));
        assertThat(AttributeType.ENDS.convert(List.of(0L, 16L))).contains(new Ends(0, 16));
        assertThat(AttributeType.ENDS.convert(List.of(0L, 1L, 2L))).isEmpty();
        assertThat(Limit.NOT_NEGATIVE.admits(new Ends(0, -1))).isFalse();
        assertThat(new Ends(0, 16)).hasToString("(0, 16)");
    }

    @Test
    void axesHaveNames() {
        assertThat(AttributeType.AXIS.convert("width")).contains(2);
        assertThat(AttributeType.AXIS.convert(1L)).contains(1);
        assertThat(AttributeType.AXIS.convert("depth")).isEmpty();
    }

    @Test
    void defaultsAreFilledIn() {
        MaxPool pool = MaxPool.DEF.create(Map.of("kernel", Pair.square(3)));
        assertThat(pool.stride()).as("as the kernel").isEqualTo(Pair.square(3));
        assertThat(pool.ceilMode()).isFalse();
        assertThatThrownBy(() -> MaxPool.DEF.create(Map.of())).hasMessage("maxpool needs kernel");
        assertThatThrownBy(() -> MaxPool.DEF.create(Map.of("kernel", Pair.square(0))))
                .hasMessage("kernel must be at least 1: 0");
    }

    @Test
    void limitsHoldForEachElement() {
        assertThat(Limit.AT_LEAST_ONE.admits(new Pair(3, 0))).isFalse();
        assertThat(Limit.NOT_NEGATIVE.admits(Padding.of(0, 0, 0, -1))).isFalse();
        assertThat(Limit.NOT_NEGATIVE.admits(List.of(List.of(0, 1), List.of(-1))))
                .isFalse();
        assertThat(Limit.ODD.admits(5)).isTrue();
        assertThat(Limit.ODD.admits(4)).isFalse();
    }

    @Test
    void countsBeyond64BitsDoNotWrap() {
        int most = Integer.MAX_VALUE;
        Conv conv = Said.conv(most, 65_536, Map.of());
        List<Shape> inputs = List.of(Shape.of(65_536, 65_536, 65_536));
        assertThatThrownBy(() -> Conv.DEF.macs(conv, inputs, Shape.of(most, 1, 1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Conv.DEF.parameters(conv, inputs, Shape.of(most, 1, 1)))
                .isInstanceOf(ArithmeticException.class);
    }
}
