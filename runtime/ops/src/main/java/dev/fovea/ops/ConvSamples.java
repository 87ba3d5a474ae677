package dev.fovea.ops;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Convolutions for the tests: each option by itself and the combinations that published networks use. */
final class ConvSamples {
    private static final Padding SAME = new Padding(Padding.Mode.SAME, 0, 0, 0, 0);
    private static final List<List<Integer>> TABLE =
            List.of(List.of(0, 1, 2), List.of(3), List.of(0, 3), List.of(2, 1), List.of(0, 1, 2, 3));

    private final OpDef<Conv> def;

    private ConvSamples(OpDef<Conv> def) {
        this.def = def;
    }

    static OpDef<Conv> on(OpDef<Conv> def) {
        new ConvSamples(def).add();
        return def;
    }

    private void add() {
        sample(8, 3, Map.of(), Shape.of(3, 9, 7));
        sample(5, 3, Map.of("stride", Pair.square(2), "padding", Padding.all(1)), Shape.of(4, 11, 8));
        sample(33, 11, Map.of("stride", Pair.square(4), "padding", Padding.all(2)), Shape.of(3, 23, 19));
        sample(70, 3, Map.of("padding", Padding.all(1)), Shape.of(37, 6, 5));
        sample(19, 1, Map.of(), Shape.of(23, 5, 6));
        sample(6, 1, Map.of("stride", Pair.square(2), "bias", false), Shape.of(5, 7, 8));
        sample(7, new Pair(4, 6), Map.of(), Shape.of(3, 4, 6)); // a dense layer in disguise
        sample(5, 5, Map.of("padding", Padding.of(1, 0, 2, 0)), Shape.of(7, 4, 3)); // as large as the padded input
        sample(8, new Pair(1, 7), Map.of("padding", Padding.of(0, 0, 3, 3), "bias", false), Shape.of(3, 5, 9));
        sample(
                6,
                new Pair(3, 2),
                Map.of("stride", new Pair(1, 2), "padding", Padding.of(1, 0, 0, 2), "dilation", new Pair(2, 3)),
                Shape.of(3, 8, 10));
        sample(10, 3, Map.of("padding", Padding.all(1), "groups", 2), Shape.of(4, 7, 9));
        sample(9, 5, Map.of("padding", Padding.all(2), "groups", 9), Shape.of(9, 7, 13));
        sample(14, 3, Map.of("stride", Pair.square(2), "groups", 7), Shape.of(7, 9, 6));
        sample(4, 3, Map.of("padding", Padding.of(2, 1, 1, 3), "padding_mode", "reflect"), Shape.of(3, 5, 7));
        sample(4, 3, Map.of("padding", Padding.of(2, 1, 9, 3), "padding_mode", "replicate"), Shape.of(3, 5, 7));
        sample(4, 3, Map.of("padding", Padding.of(2, 5, 1, 3), "padding_mode", "circular"), Shape.of(3, 5, 7));
        sample(5, 3, Map.of("padding", SAME, "stride", Pair.square(2)), Shape.of(3, 8, 7));
        sample(5, 3, Map.of("stride", new Pair(2, 3), "round", "ceil"), Shape.of(4, 8, 7));
        sample(5, 3, Map.of("connections", TABLE), Shape.of(4, 6, 7));
    }

    private void sample(int channels, int kernel, Map<String, Object> rest, Shape input) {
        sample(channels, Pair.square(kernel), rest, input);
    }

    private void sample(int channels, Pair kernel, Map<String, Object> rest, Shape input) {
        Map<String, Object> given = new HashMap<>(rest);
        given.put("channels", channels);
        given.put("kernel", kernel);
        def.sample(def.create(given), input);
    }
}
