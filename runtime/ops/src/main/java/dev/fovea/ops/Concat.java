package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * Tensors one behind the other along an axis.
 *
 * @param axis counted from 0 within a sample: channels, height, width
 */
public record Concat(int axis) implements Op {
    /** The definition. */
    public static final OpDef<Concat> DEF = OpDef.named("concat")
            .family(OperatorFamily.JOIN)
            .outputShape("the sum along the axis; along the others the inputs agree")
            .source("Szegedy et al. 2015; Huang et al. 2017")
            .summary("puts tensors one behind the other along an axis")
            .formula("y = [a; b; …] along the axis; da, db, … are the slices of dy")
            .notes("PyTorch's cat with dim = axis + 1. All other extents must agree.")
            .inputs("a", "b")
            .attribute("axis", AttributeType.AXIS, 0, Limit.ANY, "channels, height, width or a number from 0")
            .build(a -> new Concat(a.integer("axis")), (op, inputs, findings) -> op.infer(inputs))
            .pieces((op, inputs, output) -> op.pieces(inputs))
            .sample(new Concat(0), Shape.of(5, 3, 7), Shape.of(4, 3, 7), Shape.of(1, 3, 7))
            .sample(new Concat(1), Shape.of(5, 3, 7), Shape.of(5, 6, 7))
            .sample(new Concat(2), Shape.of(5, 3, 7), Shape.of(5, 3, 4))
            .sample(new Concat(0), Shape.of(19), Shape.of(11));

    private Shape infer(List<Shape> inputs) throws Misfit {
        Shape first = inputs.get(0);
        Require.axis(axis, first);
        long length = 0;
        for (int i = 0; i < inputs.size(); i++) {
            checkRest(first, inputs.get(i), i);
            length += inputs.get(i).extent(axis);
        }
        if (length > Integer.MAX_VALUE) {
            throw new Misfit(
                    "CNN0304",
                    "the joined tensor is too large",
                    "axis " + axis + " would have " + length + " elements",
                    List.of("an axis has at most " + Integer.MAX_VALUE + " elements"));
        }
        List<Integer> extents = new ArrayList<>(first.extents());
        extents.set(axis, (int) length);
        return Shape.of(extents);
    }

    private List<Long> pieces(List<Shape> inputs) {
        List<Long> begins = new ArrayList<>();
        long next = 0;
        for (Shape input : inputs) {
            begins.add(next);
            next += input.size();
        }
        return axis == 0 ? begins : List.of();
    }

    private void checkRest(Shape first, Shape other, int index) throws Misfit {
        boolean agrees = other.rank() == first.rank();
        for (int i = 0; agrees && i < first.rank(); i++) {
            agrees = i == axis || other.extent(i) == first.extent(i);
        }
        if (!agrees) {
            throw new Misfit(
                    "CNN0304",
                    "the shapes to join do not agree",
                    "along axis " + axis + ": input 1 is " + first + ", input " + (index + 1) + " is " + other,
                    mends(first, other));
        }
    }

    private List<String> mends(Shape first, Shape other) {
        List<String> mends = new ArrayList<>();
        mends.add("all extents but that of axis " + axis + " must be equal");
        if (axis == 0 && first.rank() == 3 && other.rank() == 3) {
            mends.addAll(Joins.positions(first, other));
        }
        return mends;
    }

    @Override
    public OpDef<Concat> def() {
        return DEF;
    }
}
