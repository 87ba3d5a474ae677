package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.OpDef;
import dev.fovea.runtime.kernels.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** One step of one sample on several devices that must agree to the last bit. */
final class SameBits {
    private SameBits() {}

    static void check(OpDef.Sample sample, List<Supplier<Kernels>> devices) {
        OpCase of = OpCase.of(sample, 1, 20);
        float[][] first = step(of, devices.get(0));
        for (Supplier<Kernels> device : devices.subList(1, devices.size())) {
            float[][] other = step(of, device);
            for (int i = 0; i < first.length; i++) {
                assertThat(Arrays.compare(other[i], first[i]))
                        .as("tensor %d differs", i)
                        .isZero();
            }
        }
    }

    private static float[][] step(OpCase of, Supplier<Kernels> device) {
        List<float[]> results = new ArrayList<>();
        try (Kernels kernels = device.get();
                Rig rig = new Rig(kernels, of, Wiring.TRAINING)) {
            rig.forward(of.inputs(), of.batch(), 0);
            results.add(rig.output(of.batch()));
            rig.backward(Float.NaN);
            for (int i = 0; i < of.inputs().size(); i++) {
                results.add(rig.inputGradientValues(i));
            }
            for (int i = 0; i < of.parameters().size(); i++) {
                results.add(rig.parameterValues(i));
                results.add(rig.parameterGradientValues(i));
            }
        }
        return results.toArray(new float[0][]);
    }
}
