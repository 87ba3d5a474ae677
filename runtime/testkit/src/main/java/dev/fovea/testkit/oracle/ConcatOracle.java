package dev.fovea.testkit.oracle;

import dev.fovea.ops.Concat;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.List;

final class ConcatOracle implements Oracle<Concat> {
    @Override
    public DoubleTensor forward(Call<Concat> call) {
        int axis = call.op().axis();
        List<Integer> extents = new ArrayList<>(call.x().sampleShape().extents());
        extents.set(
                axis, call.inputs().stream().mapToInt(t -> t.extent(axis + 1)).sum());
        DoubleTensor y = DoubleTensor.batch(call.batch(), Shape.of(extents));
        int offset = 0;
        for (DoubleTensor input : call.inputs()) {
            copy(input, y, axis, offset);
            offset += input.extent(axis + 1);
        }
        return y;
    }

    private static void copy(DoubleTensor from, DoubleTensor to, int axis, int offset) {
        for (int n = 0; n < from.extent(0); n++) {
            for (int i = 0; i < from.extent(1); i++) {
                for (int j = 0; j < from.extent(2); j++) {
                    for (int k = 0; k < from.extent(3); k++) {
                        int c = axis == 0 ? i + offset : i;
                        int h = axis == 1 ? j + offset : j;
                        int w = axis == 2 ? k + offset : k;
                        to.set(n, c, h, w, from.at(n, i, j, k));
                    }
                }
            }
        }
    }

    @Override
    public int terms(Call<Concat> call) {
        return 0;
    }
}
