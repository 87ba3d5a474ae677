package dev.fovea.opencl;

import dev.fovea.ops.OpDef;
import dev.fovea.ops.Ops;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.simd.SimdChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Builds every kernel on a device and runs it, forward and backward, on the operators' samples beside the CPU: what {@code
 * fovea devices --check} shows. For whoever has a driver that nobody has tried before.
 */
public final class KernelCheck {
    /** The largest difference that passes, relative to the largest element of the tensor. */
    private static final double TOLERANCE = 1e-4;

    private KernelCheck() {}

    /** How a sample went. */
    public enum Verdict {
        /** Both devices say the same, within rounding. */
        AGREES,
        /** They do not. */
        DIFFERS,
        /** There is no kernel on the device: the CPU would do it. */
        ON_CPU,
        /** The device refused the program or did not run it. */
        FAILED
    }

    /**
     * A line of the table.
     *
     * @param operator the operator's name
     * @param sample the operator with its arguments and the shapes of its inputs
     * @param verdict how it went
     * @param forwardError of the output: the largest difference relative to the largest element
     * @param backwardError of the gradients, likewise
     * @param note what the device said when it failed, or an empty string
     */
    public record Row(
            String operator, String sample, Verdict verdict, double forwardError, double backwardError, String note) {}

    /**
     * Checks a device of {@link OpenClProvider#devices}.
     *
     * @param threads for the CPU
     * @param progress is told each line as soon as it is known
     * @return the lines, in the order of the operators' names
     * @throws DeviceException when the device cannot be opened
     */
    public static List<Row> run(DeviceInfo device, int threads, Consumer<Row> progress) {
        List<Row> rows = new ArrayList<>();
        try (Kernels kernels = new OpenClProvider().open(device, threads);
                Kernels cpu = new CpuKernels(threads, SimdChoice.best())) {
            for (OpDef<?> def : Ops.ALL) {
                for (OpDef.Sample sample : def.samples()) {
                    Row row = check(sample, kernels, cpu);
                    rows.add(row);
                    progress.accept(row);
                }
            }
        }
        return List.copyOf(rows);
    }

    private static Row check(OpDef.Sample sample, Kernels kernels, Kernels cpu) {
        String operator = sample.op().name();
        String text = sample.op() + " on " + sample.inputs();
        if (!Operators.covers(sample.op())) {
            return new Row(operator, text, Verdict.ON_CPU, 0, 0, "");
        }
        try {
            SampleResult actual = SampleResult.of(sample, kernels);
            SampleResult expected = SampleResult.of(sample, cpu);
            double forward = actual.outputError(expected);
            double backward = actual.gradientError(expected);
            boolean agrees = forward <= TOLERANCE && backward <= TOLERANCE; // false for NaN
            return new Row(operator, text, agrees ? Verdict.AGREES : Verdict.DIFFERS, forward, backward, "");
        } catch (DeviceException failed) {
            return new Row(operator, text, Verdict.FAILED, 0, 0, String.valueOf(failed.getMessage()));
        }
    }
}
