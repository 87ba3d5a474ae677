package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Corrupt;
import dev.fovea.ops.DropPath;
import dev.fovea.ops.Dropout;
import dev.fovea.ops.Dropout2d;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.random.DropoutMask;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What dropout must do while training: drop what {@link DropoutMask} says, whatever the device, and hand the rest on, both ways.
 *
 * @param p the probability of dropping a unit
 * @param factor what is kept is multiplied by
 * @param unit the elements that are dropped together
 */
record RandomMask(float p, float factor, int unit) {
    /** Steps after which two equal masks are no accident: even of two units, one of which is dropped half the time. */
    private static final int ENOUGH_STEPS = 60;

    private static RandomMask of(OpDef.Sample sample) {
        Op op = sample.op();
        if (op instanceof Corrupt corrupt) {
            return new RandomMask(corrupt.p(), 1, 1);
        }
        if (op instanceof Dropout2d dropout) {
            return new RandomMask(
                    dropout.p(), 1 / (1 - dropout.p()), sample.inputs().get(0).area());
        }
        if (op instanceof DropPath drop) {
            return new RandomMask(
                    drop.p(), 1 / (1 - drop.p()), (int) sample.inputs().get(0).size());
        }
        float p = ((Dropout) op).p();
        return new RandomMask(p, 1 / (1 - p), 1);
    }

    static void check(OpDef.Sample sample, Supplier<Kernels> kernels) {
        of(sample).checkSteps(sample, kernels);
    }

    private void checkSteps(OpDef.Sample sample, Supplier<Kernels> kernels) {
        OpCase of = OpCase.of(sample, 1, 20);
        for (Wiring wiring : new Wiring[] {Wiring.TRAINING, Wiring.STRIDED, Wiring.ACCUMULATING, Wiring.IN_PLACE}) {
            try (Kernels device = kernels.get();
                    Rig rig = new Rig(device, of, wiring)) {
                rig.forward(of.inputs(), of.batch(), 1);
                float[] first = rig.output(of.batch());
                float before = wiring.accumulate() ? 0.5f : Float.NaN;
                rig.backward(before);
                float[] gradient = rig.inputGradientValues(0);
                float added = wiring.accumulate() ? 0.5f : 0;
                float[] mask = mask(of);
                for (int i = 0; i < first.length; i++) {
                    assertThat(first[i])
                            .as("output %d", i)
                            .isEqualTo(of.inputs().get(0)[i] * mask[i / unit]);
                    float passed = of.upstream()[i] * mask[i / unit];
                    float size = Math.abs(passed) + added;
                    assertThat(gradient[i]).as("gradient %d", i).isEqualTo(within(gradient[i], passed + added, size));
                }
                rig.forward(of.inputs(), of.batch(), 1);
                assertThat(rig.output(of.batch())).as("the same step again").isEqualTo(first);
                assertThat(another(rig, of, first)).as("another step").isNotEqualTo(first);
                rig.checkUntouched();
            }
        }
        checkShare(sample, kernels);
    }

    /** The factors of all units of all samples in step 1. */
    private float[] mask(OpCase of) {
        int units = (int) of.output().size() / unit;
        float[] all = new float[units * of.batch()];
        float[] one = new float[units];
        for (int sample = 0; sample < of.batch(); sample++) {
            new DropoutMask(p, factor)
                    .factors(
                            Rig.SEED,
                            DropoutMask.stream(Rig.STREAM, 1),
                            sample,
                            units,
                            0,
                            units,
                            one,
                            new int[DropoutMask.WORDS]);
            System.arraycopy(one, 0, all, sample * units, units);
        }
        return all;
    }

    /** The output of the first later step that has another mask. */
    private static float[] another(Rig rig, OpCase of, float[] first) {
        float[] output = first;
        for (int step = 2; step < ENOUGH_STEPS && Arrays.equals(output, first); step++) {
            rig.forward(of.inputs(), of.batch(), step);
            output = rig.output(of.batch());
        }
        return output;
    }

    /** The share dropped over many steps: within five standard deviations. */
    private void checkShare(OpDef.Sample sample, Supplier<Kernels> kernels) {
        OpCase of = OpCase.of(sample, 1, 20);
        int steps = 100;
        long dropped = 0;
        long all = 0;
        try (Kernels device = kernels.get();
                Rig rig = new Rig(device, of, Wiring.TRAINING)) {
            for (int step = 0; step < steps; step++) {
                rig.forward(of.inputs(), of.batch(), step);
                float[] output = rig.output(of.batch());
                for (int i = 0; i < output.length; i += unit) {
                    dropped += output[i] == 0 ? 1 : 0;
                    all++;
                }
            }
        }
        double deviation = Math.sqrt(all * p * (1 - p));
        assertThat((double) dropped).isBetween(all * p - 5 * deviation, all * p + 5 * deviation);
    }

    /** The actual number where it is as near as two roundings of terms of a size to the wanted one, else the wanted one. */
    private static float within(float actual, float wanted, float size) {
        return Math.abs(actual - wanted) <= Bound.of(2, size) ? actual : wanted;
    }
}
