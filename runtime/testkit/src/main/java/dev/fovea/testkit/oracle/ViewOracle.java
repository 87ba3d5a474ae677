package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import java.util.function.BiFunction;

/** An operator that renames the axes and leaves the elements where they are. */
final class ViewOracle<T extends Op> implements Oracle<T> {
    private final BiFunction<T, Shape, Shape> shape;

    ViewOracle(BiFunction<T, Shape, Shape> shape) {
        this.shape = shape;
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        return DoubleTensor.batch(call.batch(), shape.apply(call.op(), call.x().sampleShape()))
                .with(call.x().values());
    }

    @Override
    public int terms(Call<T> call) {
        return 0;
    }
}
