package dev.fovea.runtime.model;

import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.DeviceFullException;
import java.util.Locale;

/** Says which batch a device would have the memory for. */
final class Shortage {
    private static final double MIB = 1 << 20;

    private Shortage() {}

    /** A message with what was planned, what there is, and the batch that would fit. */
    static DeviceException explain(ModelSpec spec, BuildOptions options, DeviceFullException full) {
        int batch = options.batch();
        long planned = bytes(spec, options, batch);
        long needed = Math.max(planned, full.taken() + full.requested());
        String purpose = options.training() ? "train" : "run";
        return new DeviceException(
                String.format(
                        Locale.ROOT,
                        "%s has not the memory to %s %s with a batch of %d: %.1f MiB are planned, %.1f MiB are to be had. %s."
                                + " %s",
                        full.device(),
                        purpose,
                        spec.name(),
                        batch,
                        needed / MIB,
                        (full.taken() + full.free()) / MIB,
                        mend(fitting(spec, options, full)),
                        full.getMessage()),
                full);
    }

    private static String mend(long batch) {
        return batch < 1 ? "Not even a batch of 1 would fit" : "A batch of " + batch + " would fit";
    }

    /** The largest batch for which what does not depend on it leaves room; below the one that failed. */
    private static long fitting(ModelSpec spec, BuildOptions options, DeviceFullException full) {
        int batch = options.batch();
        long fixed = bytes(spec, options, 0);
        long each = Math.max(1, bytes(spec, options, 1) - fixed);
        long beside = Math.max(0, full.taken() + full.requested() - (fixed + each * batch));
        long fit = Math.min(batch - 1, (full.taken() + full.free() - fixed - beside) / each);
        boolean oneBlock = full.largest() < full.requested() && full.requested() <= full.free();
        return oneBlock ? Math.min(fit, batch * full.largest() / full.requested()) : fit;
    }

    /** What the model itself takes for so many samples. */
    private static long bytes(ModelSpec spec, BuildOptions options, int batch) {
        if (!options.training()) {
            return spec.inferenceBytes(batch);
        }
        long inputs =
                spec.inputs().stream().mapToLong(port -> port.shape().size()).sum();
        return spec.trainingBytes(batch, 0) + (options.inputGradients() ? Float.BYTES * inputs * batch : 0);
    }
}
