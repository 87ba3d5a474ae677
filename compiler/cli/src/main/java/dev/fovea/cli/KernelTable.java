package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.opencl.KernelTime;
import java.util.List;
import java.util.Locale;

/**
 * What the kernels of an OpenCL device take in a step: launches, time, share, and the rates of what they cannot do without.
 *
 * @param kernels the times in {@link Bench#PROFILED_STEPS} steps, the longest first
 */
record KernelTable(List<KernelTime> kernels) implements Profile {
    KernelTable {
        kernels = List.copyOf(kernels);
    }

    /** A line a kernel, and their sum. */
    @Override
    public String text() {
        double total = kernels.stream().mapToDouble(KernelTime::seconds).sum();
        TextTable table = new TextTable("kernel", "launches", "ms", "share, %", "GFLOP/s", "GB/s");
        for (KernelTime kernel : kernels) {
            table.row(
                    kernel.kernel(),
                    Integer.toString(kernel.launches() / Bench.PROFILED_STEPS),
                    number("%.3f", milliseconds(kernel.seconds())),
                    number("%.1f", total == 0 ? 0 : 100 * kernel.seconds() / total),
                    kernel.flops() == 0 ? "" : number("%.1f", kernel.gigaflops()),
                    number("%.2f", kernel.gigabytes()));
        }
        return table.text() + number("%.3f ms a step in kernels%n", milliseconds(total));
    }

    @Override
    public void write(JsonWriter json) {
        json.name("kernels").beginArray();
        for (KernelTime kernel : kernels) {
            json.beginObject().name("kernel").value(kernel.kernel());
            json.name("launches").value(kernel.launches() / Bench.PROFILED_STEPS);
            json.name("ms").value(milliseconds(kernel.seconds()));
            json.name("gflops").value(kernel.gigaflops());
            json.name("gb_per_s").value(kernel.gigabytes());
            json.endObject();
        }
        json.endArray();
    }

    private static double milliseconds(double seconds) {
        return seconds * 1e3 / Bench.PROFILED_STEPS;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
