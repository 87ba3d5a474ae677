package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;

/** An operator that maps each element by itself. */
final class ElementOracle<T extends Op> implements Oracle<T> {
    private final Function<T> function;
    private final int terms;
    private final double floor;

    /** The formula. */
    @FunctionalInterface
    interface Function<T> {
        double apply(T op, double x);
    }

    /** A function that is computed to so many roundings of its value. */
    ElementOracle(Function<T> function, int terms) {
        this(function, terms, 0);
    }

    /** A function that is computed to so many roundings of its value, or of {@code floor} where it is smaller. */
    ElementOracle(Function<T> function, int terms, double floor) {
        this.function = function;
        this.terms = terms;
        this.floor = floor;
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        return call.x().map(x -> function.apply(call.op(), x));
    }

    @Override
    public DoubleTensor magnitude(Call<T> call) {
        return forward(call).map(y -> Math.max(Math.abs(y), floor));
    }

    @Override
    public int terms(Call<T> call) {
        return terms;
    }
}
