package dev.fovea.ops;

import java.util.List;

/** The mean squared difference of two tensors of one shape. */
public record Mse() implements Op {
    /** The definition. */
    public static final OpDef<Mse> DEF = OpDef.named("mse")
            .summary("measures the mean squared difference")
            .formula("y = Σ (prediction − target)² / N; dprediction = 2·(prediction − target)·dy / N = −dtarget")
            .notes("PyTorch's MSELoss: the mean over the batch of this mean over the N elements of a sample.")
            .input("prediction")
            .input("target")
            .build(a -> new Mse(), (op, inputs, findings) -> infer(inputs.get(0), inputs.get(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.LOSS)
            .sample(new Mse(), Shape.of(5, 3, 7), Shape.of(5, 3, 7))
            .sample(new Mse(), Shape.of(19), Shape.of(19));

    private static Shape infer(Shape prediction, Shape target) throws Misfit {
        if (!prediction.equals(target)) {
            throw new Misfit(
                    "CNN0313",
                    "the prediction and the target do not agree",
                    "the prediction is " + prediction + ", the target " + target,
                    prediction.size() == target.size()
                            ? List.of("`reshape(" + target + ")` or `flatten` the prediction")
                            : List.of("declare the target as " + prediction));
        }
        return Shape.of(1);
    }

    @Override
    public OpDef<Mse> def() {
        return DEF;
    }
}
