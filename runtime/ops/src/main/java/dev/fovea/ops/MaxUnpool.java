package dev.fovea.ops;

import java.util.List;
import java.util.Optional;

/**
 * The inverse of a max pooling: puts each element where the winner of its window stood, in an image of the shape that the
 * pooling read, and zeros elsewhere.
 *
 * @param pool the pooling
 */
public record MaxUnpool(MaxPool pool) implements Op {
    private static final AttributeType POOL = AttributeType.layer(
            "the label of a `maxpool` in the same scope",
            layer -> layer.op() instanceof MaxPool pool ? Optional.of(pool) : Optional.empty());

    /** The definition. */
    public static final OpDef<MaxUnpool> DEF = OpDef.named("max_unpool")
            .family(OperatorFamily.POOLING)
            .outputShape("that of what the pooling read")
            .source("Zeiler and Fergus 2014")
            .summary("puts each element back where the largest of its pooling window stood")
            .formula("y[c, p] = x[c, i, j] where p is the position of the largest element of window (i, j); else 0")
            .notes("PyTorch's MaxUnpool2d with the indices of the named pooling (Zeiler and Fergus 2014), worked out"
                    + " again from what it read, by its rule: of equal elements the first in reading order, NaN"
                    + " over all. Where windows overlap and share a winner the last of them in reading order is"
                    + " put there, and it alone gets the gradient; PyTorch leaves open which. The gradient of what"
                    + " the pooling read is 0.")
            .input("x")
            .inputOf("pool")
            .required("pool", POOL, Limit.ANY, "the pooling that is undone")
            .build(MaxUnpool::of, (op, inputs, findings) -> op.infer(inputs.get(0), inputs.get(1)))
            .saves((op, inputs, output) -> new Saved(inputs.get(0).size(), 0))
            .sample(new MaxUnpool(pool(2, 2, 0)), Shape.of(3, 4, 5), Shape.of(3, 8, 11))
            .sample(new MaxUnpool(pool(3, 2, 1)), Shape.of(4, 5, 6), Shape.of(4, 9, 12))
            .sample(new MaxUnpool(pool(2, 3, 0)), Shape.of(5, 3, 2), Shape.of(5, 8, 6));

    private static MaxPool pool(int kernel, int stride, int padding) {
        return new MaxPool(Pair.square(kernel), Pair.square(stride), Padding.all(padding), Pair.square(1), false);
    }

    private static MaxUnpool of(Attributes a) {
        return new MaxUnpool(a.get("pool", MaxPool.class));
    }

    private Shape infer(Shape input, Shape origin) throws Misfit {
        Shape pooled = pool.window(origin).output(origin.channels());
        if (!input.equals(pooled)) {
            throw new Misfit(
                    "CNN0332",
                    "the input does not have the shape of the pool's output",
                    "the input is " + input + ", the pool made " + pooled + " of " + origin,
                    List.of("undo the poolings in reverse order, and bring the input to " + pooled + " before it"));
        }
        return origin;
    }

    @Override
    public OpDef<MaxUnpool> def() {
        return DEF;
    }
}
