package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * The same elements in the same order under another shape.
 *
 * @param shape of the output; one extent may be −1 and is what the others leave
 */
public record Reshape(List<Integer> shape) implements Op {
    private static final Limit EXTENT = new Limit("at least 1, or -1 for what is left", x -> x >= 1 || x == -1);

    /** The definition. */
    public static final OpDef<Reshape> DEF = OpDef.named("reshape")
            .family(OperatorFamily.REARRANGEMENT)
            .outputShape("the shape given, with as many elements")
            .summary("gives the same elements another shape")
            .formula("y and x have the same elements in the same order, the last axis running fastest")
            .notes("PyTorch's reshape, per sample: the batch axis is not written.")
            .input("x")
            .required("shape", AttributeType.INTS, EXTENT, "the new extents; one may be -1 for what is left")
            .build(a -> new Reshape(a.integers("shape")), (op, inputs, findings) -> op.infer(inputs.get(0)))
            .traits(Trait.VIEW)
            .sample(new Reshape(List.of(5, 3, 14)), Shape.of(6, 5, 7))
            .sample(new Reshape(List.of(3, -1)), Shape.of(33));

    /** Copies the list. */
    public Reshape {
        shape = List.copyOf(shape);
    }

    private Shape infer(Shape input) throws Misfit {
        if (shape.stream().filter(extent -> extent == -1).count() > 1) {
            throw misfit("-1 stands more than once in " + shape, "one extent at most can be what the others leave");
        }
        long known = 1;
        for (int extent : shape) {
            known = Math.multiplyExact(known, extent == -1 ? 1 : extent);
            if (known > Integer.MAX_VALUE) {
                throw misfit(shape + " has more than " + Integer.MAX_VALUE + " elements", flatten(input));
            }
        }
        boolean open = shape.contains(-1);
        if (open ? input.size() % known != 0 : input.size() != known) {
            String made = String.join(
                    "·",
                    shape.stream().filter(n -> n != -1).map(String::valueOf).toList());
            String problem = open ? " is no multiple of " : " is not ";
            throw misfit(
                    input + " has " + input.size() + " elements: " + input.size() + problem
                            + (!made.contains("·") ? "" : made + " = ") + known,
                    flatten(input));
        }
        int left = (int) (input.size() / known);
        List<Integer> extents = new ArrayList<>(shape);
        extents.replaceAll(extent -> extent == -1 ? left : extent);
        return Shape.of(extents);
    }

    private static String flatten(Shape input) {
        return "`flatten` makes it [" + input.size() + "]";
    }

    private static Misfit misfit(String label, String help) {
        return new Misfit("CNN0306", "reshape changes the number of elements", label, List.of(help));
    }

    @Override
    public OpDef<Reshape> def() {
        return DEF;
    }
}
