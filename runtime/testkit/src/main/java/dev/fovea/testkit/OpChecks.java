package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Trait;
import dev.fovea.runtime.kernels.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The checks of one sample; what the oracle says is worked out once for all of them. */
final class OpChecks {
    private static final long SEED = 20;
    /** What gradients hold before they are added to. */
    private static final float BEFORE = 0.75f;
    /** Inputs that saturate relu6, hardsigmoid and their like. */
    private static final double WIDE = 7;
    /** Where activations have kinks. */
    private static final double[] KINKS = {-3, 0, 3, 6};
    /** How near to a kink a fused activation's input may come: far more than a step moves it. */
    private static final double OFF_THE_KINK = 2e-4;

    private final OpDef.Sample sample;
    private final OpCase ordinary;
    private final Supplier<Kernels> kernels;
    private final Lazy<Bare> bare;

    OpChecks(OpDef.Sample sample, Supplier<Kernels> kernels) {
        this(sample, offTheKink(sample), kernels, Optional.empty());
    }

    private OpChecks(OpDef.Sample sample, OpCase ordinary, Supplier<Kernels> kernels, Optional<Lazy<Bare>> shared) {
        this.sample = sample;
        this.kernels = kernels;
        this.ordinary = ordinary;
        this.bare = shared.orElse(new Lazy<>(() -> new Bare(ordinary, true)));
    }

    /** The same with an activation behind the operator. */
    OpChecks with(Op activation) {
        return new OpChecks(sample, ordinary.with(activation), kernels, Optional.of(bare));
    }

    /** The same on inputs that reach to where activations saturate. */
    OpChecks wide() {
        return new OpChecks(sample, OpCase.of(sample, WIDE, SEED), kernels, Optional.empty());
    }

    private static OpCase offTheKink(OpDef.Sample sample) {
        for (long seed = SEED; ; seed++) {
            OpCase candidate = OpCase.of(sample, 1, seed);
            if (!sample.op().def().has(Trait.TAKES_ACTIVATION)
                    || Arrays.stream(new Bare(candidate, true).output().values())
                            .allMatch(y -> Arrays.stream(KINKS).allMatch(kink -> Math.abs(y - kink) > OFF_THE_KINK))) {
                return candidate;
            }
        }
    }

    /** Without gradients, for the whole batch and for each sample alone. */
    void inference() {
        inference(Wiring.INFERENCE);
    }

    /** The same in a layout of one's own. */
    void inference(Wiring wiring) {
        Expected expected = new Expected(ordinary, false);
        assertThat(ordinary.output())
                .as("the inferred shape and the real one")
                .isEqualTo(expected.bareOutput().sampleShape());
        Expected.Elements output = expected.output();
        try (Kernels device = kernels.get();
                Rig rig = new Rig(device, ordinary, wiring)) {
            rig.forward(ordinary.inputs(), ordinary.batch(), 0);
            compare("output", rig.output(ordinary.batch()), output);
            rig.checkUntouched();
            for (int i = 0; i < ordinary.batch() && !crossesSamples(); i++) {
                int one = i;
                rig.forward(
                        ordinary.inputs().stream().map(all -> part(all, one)).toList(), 1, 0);
                int size = Math.toIntExact(ordinary.output().size());
                Bound.check(
                        "output of sample " + i + " alone",
                        rig.output(1),
                        Arrays.copyOf(output.indices, size),
                        Arrays.copyOfRange(output.values, i * size, (i + 1) * size),
                        Arrays.copyOfRange(output.tolerance, i * size, (i + 1) * size));
            }
        }
    }

    private boolean crossesSamples() {
        return sample.op().def().has(Trait.CROSSES_SAMPLES);
    }

    private float[] part(float[] all, int sampleIndex) {
        int size = all.length / ordinary.batch();
        return Arrays.copyOfRange(all, sampleIndex * size, (sampleIndex + 1) * size);
    }

    /** Inputs up to ±40 overflow no exponential. */
    void largeNumbers() {
        OpCase large = OpCase.of(sample, 40, SEED);
        try (Kernels device = kernels.get();
                Rig rig = new Rig(device, large, Wiring.INFERENCE)) {
            rig.forward(large.inputs(), large.batch(), 0);
            compare("output", rig.output(large.batch()), new Expected(large, false).output());
        }
    }

    /** A NaN reaches all it should, so that a run can be stopped where it arises, and no other sample. */
    void notANumber() {
        OpCase spoilt = OpCase.of(sample, 1, SEED);
        spoilt.inputs().get(0)[0] = Float.NaN;
        double[] expected = new Expected(spoilt, false).output().values;
        int size = expected.length / spoilt.batch();
        try (Kernels device = kernels.get();
                Rig rig = new Rig(device, spoilt, Wiring.INFERENCE)) {
            rig.forward(spoilt.inputs(), spoilt.batch(), 0);
            float[] actual = rig.output(spoilt.batch());
            for (int i = 0; i < expected.length; i++) {
                if (Double.isNaN(expected[i])) {
                    assertThat(actual[i]).as("element %d", i).isNaN();
                } else if (i >= size) {
                    assertThat(actual[i]).as("element %d, of another sample", i).isNotNaN();
                }
            }
        }
    }

    /** Forward and backward, twice and once piece by piece: all must give the same bits. */
    void training(Wiring wiring) {
        Expected expected = new Expected(ordinary, bare.get());
        try (Kernels device = kernels.get();
                Rig rig = new Rig(device, ordinary, wiring)) {
            float[][] first = step(rig, wiring, expected);
            same("the same step again", step(rig, wiring, expected), first);
            rig.byParts();
            same("the same step by the kernel's parts", step(rig, wiring, expected), first);
            rig.checkUntouched();
        }
    }

    private static void same(String what, float[][] again, float[][] first) {
        for (int i = 0; i < first.length; i++) {
            assertThat(Arrays.compare(again[i], first[i]))
                    .as("%s: tensor %d differs", what, i)
                    .isZero();
        }
    }

    private float[][] step(Rig rig, Wiring wiring, Expected expected) {
        List<float[]> results = new ArrayList<>();
        rig.forward(ordinary.inputs(), ordinary.batch(), 0);
        compare("output", results, rig.output(ordinary.batch()), expected.output());
        for (int i = 0; i < ordinary.parameters().size(); i++) {
            String name = ordinary.declared().get(i).name();
            compare(name + " after forward", results, rig.parameterValues(i), expected.stateAfter(i));
        }
        float before = wiring.accumulate() ? BEFORE : Float.NaN;
        rig.backward(before);
        for (int i = 0; i < ordinary.inputs().size(); i++) {
            if (wiring.inputGradients() && ordinary.op().def().hasGradient(i)) {
                Expected.Elements gradient = expected.inputGradient(i);
                compare("gradient of input " + i, results, rig.inputGradientValues(i), added(gradient, wiring));
            }
        }
        for (int i = 0; i < ordinary.parameters().size(); i++) {
            if (ordinary.declared().get(i).isTrainable()) {
                Expected.Elements gradient = expected.parameterGradient(i);
                String name = ordinary.declared().get(i).name();
                compare("gradient of " + name, results, rig.parameterGradientValues(i), added(gradient, wiring));
            }
        }
        return results.toArray(new float[0][]);
    }

    private static Expected.Elements added(Expected.Elements gradient, Wiring wiring) {
        if (!wiring.accumulate()) {
            return gradient;
        }
        double[] values = Arrays.stream(gradient.values).map(g -> g + BEFORE).toArray();
        double[] tolerance = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            tolerance[i] = gradient.tolerance[i] + Bound.of(2, Math.abs(values[i]) + BEFORE);
        }
        return new Expected.Elements(gradient.indices, values, tolerance);
    }

    private static void compare(String what, float[] actual, Expected.Elements expected) {
        Bound.check(what, actual, expected.indices, expected.values, expected.tolerance);
    }

    private static void compare(String what, List<float[]> results, float[] actual, Expected.Elements expected) {
        compare(what, actual, expected);
        results.add(actual);
    }
}
