package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import java.util.function.BiFunction;

/** Operators whose elements are each one element of the input, or 0. */
final class PlaceOracle<T extends Op> implements Oracle<T> {
    private final BiFunction<T, Shape, Shape> output;
    private final Place<T> place;

    PlaceOracle(BiFunction<T, Shape, Shape> output, Place<T> place) {
        this.output = output;
        this.place = place;
    }

    /** Where an element comes from. */
    interface Place<T> {
        /** Its channel, row and column in the input; outside of it where the element is 0. */
        int[] of(T op, Shape input, int c, int h, int w);
    }

    @Override
    public DoubleTensor forward(Call<T> call) {
        DoubleTensor x = call.x();
        Shape input = x.sampleShape();
        Shape shape = output.apply(call.op(), input);
        DoubleTensor y = DoubleTensor.batch(call.batch(), shape);
        for (int n = 0; n < call.batch(); n++) {
            for (int c = 0; c < shape.channels(); c++) {
                for (int h = 0; h < shape.height(); h++) {
                    for (int w = 0; w < shape.width(); w++) {
                        int[] from = place.of(call.op(), input, c, h, w);
                        boolean inside = within(from[0], input.channels())
                                && within(from[1], input.height())
                                && within(from[2], input.width());
                        y.set(n, c, h, w, inside ? x.at(n, from[0], from[1], from[2]) : 0);
                    }
                }
            }
        }
        return y;
    }

    private static boolean within(int position, int extent) {
        return position >= 0 && position < extent;
    }

    @Override
    public int terms(Call<T> call) {
        return 0;
    }
}
