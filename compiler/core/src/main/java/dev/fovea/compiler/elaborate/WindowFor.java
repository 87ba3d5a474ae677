package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.graph.OpNode;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The argument of a layer that would give the shape an author has stated. */
final class WindowFor {
    private WindowFor() {}

    /**
     * What to change, such as {@code padding=2 in `conv`}; empty where no one value does.
     *
     * @param inputs the shapes that the layer takes
     * @param wanted the shape stated, all sizes known
     */
    static Optional<String> shape(OpNode layer, List<Shape> inputs, List<OptionalInt> wanted) {
        Shape actual = layer.shape();
        if (wanted.size() != actual.rank() || wanted.stream().anyMatch(OptionalInt::isEmpty)) {
            return Optional.empty();
        }
        List<Integer> sizes = wanted.stream().map(OptionalInt::getAsInt).toList();
        boolean samePositions =
                sizes.subList(1, sizes.size()).equals(actual.extents().subList(1, actual.rank()));
        if (sizes.get(0) != actual.extent(0)) {
            boolean isFreeConv = layer.op() instanceof Conv conv
                    && conv.groups() == 1
                    && conv.connections().isEmpty();
            boolean isChoice = isFreeConv || layer.op() instanceof Dense;
            String what = layer.op() instanceof Dense ? " units" : " channels";
            return isChoice && samePositions
                    ? Optional.of(sizes.get(0) + what + " in `" + layer.op().name() + "`")
                    : Optional.empty();
        }
        if (layer.op() instanceof Conv conv) {
            Window window = conv.window(inputs.get(0));
            OptionalInt rows = padding(window.rows(), sizes.get(1));
            OptionalInt columns = padding(window.columns(), sizes.get(2));
            if (rows.isPresent() && columns.isPresent()) {
                String padding = rows.equals(columns)
                        ? Integer.toString(rows.getAsInt())
                        : "(" + rows.getAsInt() + ", " + columns.getAsInt() + ")";
                return Optional.of("padding=" + padding + " in `" + conv.name() + "`");
            }
        }
        return Optional.empty();
    }

    /** The least padding of both sides, below the window's extent, with which an axis gives so many windows. */
    private static OptionalInt padding(Window.Axis axis, int wanted) {
        for (int padding = 0; padding < Math.min(axis.extent(), 64); padding++) {
            long span = axis.input() + 2L * padding - axis.extent();
            if (span >= 0 && span / axis.stride() + 1 == wanted) {
                return OptionalInt.of(padding);
            }
        }
        return OptionalInt.empty();
    }
}
