package dev.fovea.opencl;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up the times of launches by kernel. */
final class ClProfile {
    private final ClTimer timer;
    private final int batch;
    private final Map<String, KernelTime> times = new TreeMap<>();

    /** Nothing yet; every launch is of this many samples. */
    ClProfile(ClTimer timer, int batch) {
        this.timer = timer;
        this.batch = batch;
    }

    /** Runs a kernel and notes its time. */
    void run(ClKernel kernel, Grid grid) {
        double seconds = timer.run(kernel, grid) * 1e-9;
        KernelTime one = new KernelTime(kernel.label(), 1, seconds, kernel.flops(batch), kernel.bytes(batch));
        times.merge(one.kernel(), one, KernelTime::plus);
    }

    /** The times, the longest first. */
    List<KernelTime> times() {
        return times.values().stream()
                .sorted(Comparator.comparingDouble(KernelTime::seconds).reversed())
                .toList();
    }
}
