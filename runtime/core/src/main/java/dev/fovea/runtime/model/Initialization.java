package dev.fovea.runtime.model;

import dev.fovea.ops.Initializer;
import dev.fovea.ops.Parameter;
import dev.fovea.runtime.random.RandomStream;
import java.util.Arrays;

/** The arithmetic of {@link Initializer}. */
final class Initialization {
    private Initialization() {}

    /** The initial values of a parameter: a function of the seed and of its name alone. */
    static float[] values(ModelParameter named, long seed) {
        return values(named, named.parameter().initializer(), seed);
    }

    /** The same by another initialiser than the parameter's own. */
    static float[] values(ModelParameter named, Initializer initializer, long seed) {
        Parameter parameter = named.parameter();
        float[] values = new float[Math.toIntExact(parameter.shape().size())];
        RandomStream stream = RandomStream.named(seed, named.name());
        double gain = initializer.first();
        double fanIn = parameter.fanIn();
        double fanOut = parameter.fanOut();
        switch (initializer.kind()) {
            case CONSTANT -> Arrays.fill(values, initializer.first());
            case NORMAL -> normal(stream, values, initializer.first(), initializer.second());
            case UNIFORM -> stream.fillUniform(values, 0, values.length, 0, initializer.first(), initializer.second());
            case FAN_IN_NORMAL -> normal(stream, values, 0, gain / Math.sqrt(fanIn));
            case FAN_OUT_NORMAL -> normal(stream, values, 0, gain / Math.sqrt(fanOut));
            case FAN_AVERAGE_NORMAL -> normal(stream, values, 0, gain * Math.sqrt(2 / (fanIn + fanOut)));
            case FAN_IN_UNIFORM -> uniform(stream, values, gain * Math.sqrt(3 / fanIn));
            case FAN_AVERAGE_UNIFORM -> uniform(stream, values, gain * Math.sqrt(6 / (fanIn + fanOut)));
            case SIGNS -> signs(stream, values, initializer.first());
        }
        fitToTable(parameter, initializer, values);
        return values;
    }

    /** With a connection table each output has a fan of its own, and what is not connected is zero. */
    private static void fitToTable(Parameter parameter, Initializer initializer, float[] values) {
        Initializer.Kind kind = initializer.kind();
        boolean scaled = kind == Initializer.Kind.FAN_IN_NORMAL || kind == Initializer.Kind.FAN_IN_UNIFORM;
        int rows = parameter.connections().size();
        for (int row = 0; scaled && row < rows; row++) {
            float factor = (float) Math.sqrt((double) parameter.fanIn() / parameter.fanIn(row));
            for (int i = values.length / rows * row; i < values.length / rows * (row + 1); i++) {
                values[i] *= factor;
            }
        }
        parameter.clearUnconnected(values);
    }

    private static void normal(RandomStream stream, float[] values, double mean, double deviation) {
        stream.fillNormal(values, 0, values.length, 0, (float) mean, (float) deviation);
    }

    private static void signs(RandomStream stream, float[] values, float magnitude) {
        for (int i = 0; i < values.length; i++) {
            values[i] = stream.bits(i) < 0 ? -magnitude : magnitude;
        }
    }

    private static void uniform(RandomStream stream, float[] values, double bound) {
        stream.fillUniform(values, 0, values.length, 0, (float) -bound, (float) bound);
    }
}
