package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Dropout;
import dev.fovea.ops.OpDef;
import dev.fovea.runtime.kernels.Kernels;
import java.util.function.Supplier;

/** What dropout must do while training: the mask is read off its output. */
final class RandomMask {
    private RandomMask() {}

    static void check(OpDef.Sample sample, Supplier<Kernels> kernels) {
        float p = ((Dropout) sample.op()).p();
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
                for (int i = 0; i < first.length; i++) {
                    float kept = of.inputs().get(0)[i] / (1 - p);
                    if (first[i] != 0) {
                        assertThat(first[i]).as("output %d", i).isEqualTo(within(first[i], kept, Math.abs(kept)));
                    }
                    float passed = first[i] == 0 ? 0 : of.upstream()[i] / (1 - p);
                    float size = Math.abs(passed) + added;
                    assertThat(gradient[i]).as("gradient %d", i).isEqualTo(within(gradient[i], passed + added, size));
                }
                rig.forward(of.inputs(), of.batch(), 1);
                assertThat(rig.output(of.batch())).as("the same step again").isEqualTo(first);
                rig.forward(of.inputs(), of.batch(), 2);
                assertThat(rig.output(of.batch())).as("another step").isNotEqualTo(first);
                rig.checkUntouched();
            }
        }
        checkShare(sample, kernels, p);
    }

    /** The share dropped over many steps: within five standard deviations. */
    private static void checkShare(OpDef.Sample sample, Supplier<Kernels> kernels, float p) {
        OpCase of = OpCase.of(sample, 1, 20);
        int steps = 100;
        long dropped = 0;
        long all = 0;
        try (Kernels device = kernels.get();
                Rig rig = new Rig(device, of, Wiring.TRAINING)) {
            for (int step = 0; step < steps; step++) {
                rig.forward(of.inputs(), of.batch(), step);
                for (float y : rig.output(of.batch())) {
                    dropped += y == 0 ? 1 : 0;
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
