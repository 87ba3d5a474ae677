package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * Some positions along one axis: {@code from}, {@code from + step}, … below {@code to}.
 *
 * @param from the first, from 0
 * @param to exclusive
 * @param axis counted from 0 within a sample: channels, height, width
 * @param step from one position that is kept to the next
 */
public record Slice(int from, int to, int axis, int step) implements Rearranging {
    /** The definition. */
    public static final OpDef<Slice> DEF = OpDef.named("slice")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("ceil((to − from)/step) along the axis, unchanged along the others")
            .summary("keeps some positions along an axis")
            .formula("y[i] = x[from + i·step] along the axis, as long as from + i·step < to")
            .notes(
                    "PyTorch's x[:, from:to:step], but a slice beyond the end is an error and nothing counts from the end.")
            .input("x")
            .required("from", AttributeType.INT, Limit.NOT_NEGATIVE, "the first position, from 0")
            .required("to", AttributeType.INT, Limit.NOT_NEGATIVE, "one more than the last that may be kept")
            .attribute("axis", AttributeType.AXIS, 0, Limit.ANY, "channels, height, width or a number from 0")
            .attribute("step", AttributeType.INT, 1, Limit.AT_LEAST_ONE, "from one position to the next")
            .build(
                    a -> new Slice(a.integer("from"), a.integer("to"), a.integer("axis"), a.integer("step")),
                    (op, inputs, findings) -> op.infer(inputs.get(0)))
            .reach((op, inputs, output) -> new Reach(1, 1, op.axis == 1 ? op.step : 1, op.axis == 2 ? op.step : 1))
            .sample(new Slice(2, 6, 0, 1), Shape.of(7, 3, 5))
            .sample(new Slice(1, 7, 0, 2), Shape.of(8, 3, 5))
            .sample(new Slice(1, 6, 1, 2), Shape.of(5, 7, 3))
            .sample(new Slice(3, 19, 2, 1), Shape.of(5, 4, 23))
            .sample(new Slice(2, 19, 0, 3), Shape.of(23));

    private Shape infer(Shape input) throws Misfit {
        Require.axis(axis, input);
        Parts.checkRange(input, axis, from, to);
        List<Integer> extents = new ArrayList<>(input.extents());
        extents.set(axis, count());
        return Shape.of(extents);
    }

    private int count() {
        return (to - from - 1) / step + 1;
    }

    @Override
    public Rearrangement rearrangement(Shape input) {
        return Rearrangement.ofAxis(input, axis, count(), i -> from + i * step);
    }

    @Override
    public OpDef<Slice> def() {
        return DEF;
    }
}
