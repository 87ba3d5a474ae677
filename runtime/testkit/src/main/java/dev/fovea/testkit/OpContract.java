package dev.fovea.testkit;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fovea.ops.Noise;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Ops;
import dev.fovea.ops.Trait;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.testkit.oracle.ElementOracle;
import dev.fovea.testkit.oracle.Oracles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/**
 * What every operator must do on every device, for each of its samples: forward equals the oracle; backward equals
 * central differences of the oracle; both within a bound that grows with the length of the reductions; in slices of wider
 * tensors, adding to gradients, in place, for fewer samples than there is room for, with each activation fused behind it,
 * and piece by piece. Nothing is read that was not declared, and nothing written outside the tensors.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> contract() {
 *     return OpContract.dynamicTests(() -> new CpuKernels(2, new ScalarSimd()));
 * }
 * }</pre>
 */
public final class OpContract {
    private OpContract() {}

    /** The tests of all operators. The kernels are opened and closed by each test. */
    public static Stream<DynamicNode> dynamicTests(Supplier<Kernels> kernels) {
        return dynamicTests(kernels, def -> true);
    }

    /** The tests of the operators a device has kernels for. Views need none. */
    public static Stream<DynamicNode> dynamicTests(Supplier<Kernels> kernels, Predicate<OpDef<?>> supported) {
        return operators(supported).map(def -> dynamicContainer(def.name(), samples(def, kernels)));
    }

    /** The same bits on each of several devices: a different number of threads, say. */
    public static Stream<DynamicNode> sameBits(List<Supplier<Kernels>> devices, Predicate<OpDef<?>> supported) {
        return operators(supported)
                .map(def -> dynamicContainer(
                        def.name(),
                        def.samples().stream()
                                .map(sample -> dynamicTest(sample.toString(), () -> SameBits.check(sample, devices)))));
    }

    /** The same for samples of one's own: large ones, whose work is shared among the threads. */
    public static Stream<DynamicNode> sameBits(List<Supplier<Kernels>> devices, List<OpDef.Sample> samples) {
        return samples.stream().map(sample -> dynamicTest(sample.toString(), () -> SameBits.check(sample, devices)));
    }

    /** The tests of samples of one's own. */
    public static Stream<DynamicNode> dynamicTests(Supplier<Kernels> kernels, List<OpDef.Sample> samples) {
        return samples.stream()
                .map(sample ->
                        dynamicContainer(sample.toString(), tests(sample, new OpChecks(sample, kernels), kernels)));
    }

    /**
     * A step takes no memory. For kernels that do all their work on the calling thread, with primitives that take none
     * before they are compiled: on the CPU one thread and plain loops.
     */
    public static Stream<DynamicNode> allocatesNothing(Supplier<Kernels> kernels, Predicate<OpDef<?>> supported) {
        return operators(supported)
                .map(def -> dynamicContainer(
                        def.name(),
                        def.samples().stream()
                                .map(sample ->
                                        dynamicTest(sample.toString(), () -> NoAllocation.check(sample, kernels)))));
    }

    /** Bound to memory that only has a length, kernels take as much workspace as bound to memory that they can run on. */
    public static Stream<DynamicNode> takesWhatItCounts(
            Supplier<Kernels> kernels, Supplier<Kernels> counting, Predicate<OpDef<?>> supported) {
        return operators(supported)
                .map(def -> dynamicContainer(
                        def.name(),
                        def.samples().stream()
                                .map(sample -> dynamicTest(
                                        sample.toString(), () -> WorkspaceCheck.check(sample, kernels, counting)))));
    }

    private static Stream<OpDef<?>> operators(Predicate<OpDef<?>> supported) {
        return Ops.ALL.stream().filter(def -> !def.has(Trait.VIEW)).filter(supported);
    }

    private static Stream<DynamicNode> samples(OpDef<?> def, Supplier<Kernels> kernels) {
        return dynamicTests(kernels, def.samples());
    }

    private static Stream<DynamicNode> tests(OpDef.Sample sample, OpChecks checks, Supplier<Kernels> kernels) {
        List<DynamicNode> tests = new ArrayList<>();
        tests.add(dynamicTest("inference", checks::inference));
        if (sample.op().def().has(Trait.FOLDS)
                && sample.inputs().stream().allMatch(sample.inputs().get(0)::equals)
                && sample.inputs().size() <= 2) {
            tests.add(dynamicTest(Wiring.INFERENCE_IN_PLACE.name(), () -> checks.inference(Wiring.INFERENCE_IN_PLACE)));
        }
        tests.add(dynamicTest("large numbers", checks::largeNumbers));
        tests.add(dynamicTest("NaN goes on", checks::notANumber));
        if (sample.op().def().has(Trait.IDENTITY_AT_INFERENCE)) {
            tests.add(
                    sample.op() instanceof Noise
                            ? dynamicTest("random noise", () -> RandomNoise.check(sample, kernels))
                            : dynamicTest("random mask", () -> RandomMask.check(sample, kernels)));
            return tests.stream();
        }
        List<Wiring> wirings = new ArrayList<>(
                List.of(Wiring.TRAINING, Wiring.STRIDED, Wiring.ACCUMULATING, Wiring.WITHOUT_INPUT_GRADIENTS));
        boolean sumOfTwo = sample.op().def().has(Trait.SUM) && sample.inputs().size() <= 2;
        if (sample.op().def().has(Trait.IN_PLACE) || sumOfTwo) {
            wirings.add(Wiring.IN_PLACE);
        }
        if (sumOfTwo) {
            wirings.add(Wiring.ONE_GRADIENT);
        }
        for (Wiring wiring : wirings) {
            tests.add(dynamicTest(wiring.name(), () -> checks.training(wiring)));
        }
        if (Oracles.of(sample.op()) instanceof ElementOracle<?>) {
            tests.add(dynamicTest(
                    "gradients of large numbers", () -> checks.wide().training(Wiring.TRAINING)));
        }
        if (sample.op().def().has(Trait.TAKES_ACTIVATION)) {
            for (Op activation : activations()) {
                OpChecks fused = checks.with(activation);
                tests.add(dynamicTest(activation + " fused", () -> fused.training(Wiring.STRIDED)));
                tests.add(dynamicTest(activation + " fused, at inference", fused::inference));
            }
        }
        return tests.stream();
    }

    private static List<Op> activations() {
        return Ops.ALL.stream()
                .filter(def -> def.has(Trait.ACTIVATION))
                .map(def -> def.samples().get(0).op())
                .toList();
    }
}
