package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;
import java.util.Arrays;

/** An operator that maps each element by itself. */
public final class ElementOracle<T extends Op> implements Oracle<T> {
    /** Up to so many roundings the function is made of straight lines. */
    private static final int FEW_TERMS = 3;

    private final Function<T> function;
    private final int terms;
    private final double floor;

    /** The formula. */
    @FunctionalInterface
    interface Function<T> {
        /** The element's image. */
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

    /**
     * The slope of a function with a bend is a sum of terms of opposite signs, or one less what has nearly reached one: gelu's
     * below zero, a sigmoid's beyond one.
     */
    @Override
    public double cancelling(Call<T> call) {
        boolean bends = terms > FEW_TERMS;
        boolean far = Arrays.stream(call.x().values()).anyMatch(x -> Math.abs(x) > 1);
        return bends && (far || floor >= 1) ? 1 : 0;
    }

    @Override
    public int terms(Call<T> call) {
        return terms;
    }
}
