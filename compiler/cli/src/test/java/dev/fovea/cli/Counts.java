package dev.fovea.cli;

import dev.fovea.ops.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * A row of the table of published counts.
 *
 * @param tensors the trainable ones, where that is published
 * @param parametersWithHeads with what exists only while training, where there is such
 */
record Counts(
        String file,
        String model,
        Shape input,
        long parameters,
        long macs,
        OptionalLong tensors,
        OptionalLong parametersWithHeads,
        OptionalLong macsWithHeads) {
    static Counts of(List<String> row) {
        return new Counts(
                row.get(0),
                row.get(1),
                Shape.of(Arrays.stream(row.get(2).split("x"))
                        .map(Integer::valueOf)
                        .toList()),
                Long.parseLong(row.get(3)),
                Long.parseLong(row.get(4)),
                optional(row.get(5)),
                optional(row.get(6)),
                optional(row.get(7)));
    }

    private static OptionalLong optional(String cell) {
        return cell.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(cell));
    }

    @Override
    public String toString() {
        return model;
    }
}
