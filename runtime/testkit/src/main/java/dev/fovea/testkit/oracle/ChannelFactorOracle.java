package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;

/** An operator that maps each element by a factor of its channel; a single factor serves all channels. */
record ChannelFactorOracle<T extends Op>(Function<T> function) implements Oracle<T> {
    /** The formula. */
    @FunctionalInterface
    interface Function<T> {
        /** The element's image. */
        double apply(T op, double x, double factor);
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        DoubleTensor x = call.x();
        DoubleTensor factors = call.parameters().get(0);
        DoubleTensor y = x.map(value -> 0);
        for (int n = 0; n < call.batch(); n++) {
            for (int c = 0; c < x.extent(1); c++) {
                double factor = factors.values()[factors.extent(0) == 1 ? 0 : c];
                for (int i = 0; i < x.extent(2); i++) {
                    for (int j = 0; j < x.extent(3); j++) {
                        y.set(n, c, i, j, function.apply(call.op(), x.at(n, c, i, j), factor));
                    }
                }
            }
        }
        return y;
    }

    @Override
    public DoubleTensor magnitude(Call<T> call) {
        return forward(call).map(Math::abs);
    }

    @Override
    public int terms(Call<T> call) {
        return 1;
    }
}
