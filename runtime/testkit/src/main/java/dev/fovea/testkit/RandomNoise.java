package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Noise;
import dev.fovea.ops.OpDef;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.random.DropoutMask;
import dev.fovea.runtime.random.NormalNumbers;
import java.util.function.Supplier;

/**
 * What normal noise must do while training: add what {@link NormalNumbers} says, to the bit, whatever the device; mean and
 * deviation as stated, the gradient handed on or added.
 */
final class RandomNoise {
    private static final int STEPS = 50;

    private RandomNoise() {}

    static void check(OpDef.Sample sample, Supplier<Kernels> kernels) {
        double std = ((Noise) sample.op()).std();
        OpCase of = OpCase.of(sample, 1, 20);
        for (Wiring wiring : new Wiring[] {Wiring.TRAINING, Wiring.STRIDED, Wiring.ACCUMULATING, Wiring.IN_PLACE}) {
            try (Kernels device = kernels.get();
                    Rig rig = new Rig(device, of, wiring)) {
                double sum = 0;
                double squares = 0;
                int count = 0;
                for (int step = 0; step < STEPS; step++) {
                    rig.forward(of.inputs(), of.batch(), step);
                    float[] output = rig.output(of.batch());
                    assertThat(output).as("step %d", step).isEqualTo(expected(of, step, (float) std));
                    for (int i = 0; i < output.length; i++) {
                        double noise = (double) output[i] - of.inputs().get(0)[i];
                        sum += noise;
                        squares += noise * noise;
                        count++;
                    }
                }
                assertThat(sum / count).as("mean").isBetween(-5 * std / Math.sqrt(count), 5 * std / Math.sqrt(count));
                double spread = std * std * Math.sqrt(2.0 / count);
                assertThat(squares / count).as("variance").isBetween(std * std - 5 * spread, std * std + 5 * spread);
                float before = wiring.accumulate() ? 0.5f : Float.NaN;
                rig.backward(before);
                float[] passed = of.upstream();
                for (int i = 0; wiring.accumulate() && i < passed.length; i++) {
                    passed[i] += before;
                }
                assertThat(rig.inputGradientValues(0)).as("gradient").isEqualTo(passed);
                rig.forward(of.inputs(), of.batch(), 7);
                float[] first = rig.output(of.batch());
                rig.forward(of.inputs(), of.batch(), 8);
                assertThat(rig.output(of.batch())).as("another step").isNotEqualTo(first);
                rig.forward(of.inputs(), of.batch(), 7);
                assertThat(rig.output(of.batch())).as("the same step again").isEqualTo(first);
                rig.checkUntouched();
            }
        }
    }

    private static float[] expected(OpCase of, int step, float std) {
        int size = (int) of.output().size();
        float[] y = of.inputs().get(0).clone();
        float[] noise = new float[size];
        long stream = DropoutMask.stream(Rig.STREAM, step);
        for (int sample = 0; sample < of.batch(); sample++) {
            NormalNumbers.fill(Rig.SEED, stream, sample, size, 0, size, noise, new int[NormalNumbers.WORDS]);
            for (int i = 0; i < size; i++) {
                y[sample * size + i] = Math.fma(std, noise[i], y[sample * size + i]);
            }
        }
        return y;
    }
}
