package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;

/** An operator that maps each element by itself. */
final class ElementOracle<T extends Op> implements Oracle<T> {
    private final Function<T> function;
    private final int terms;

    /** The formula. */
    @FunctionalInterface
    interface Function<T> {
        double apply(T op, double x);
    }

    ElementOracle(Function<T> function, int terms) {
        this.function = function;
        this.terms = terms;
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        return call.x().map(x -> function.apply(call.op(), x));
    }

    @Override
    public DoubleTensor magnitude(Call<T> call) {
        return forward(call).map(Math::abs);
    }

    @Override
    public int terms(Call<T> call) {
        return terms;
    }
}
