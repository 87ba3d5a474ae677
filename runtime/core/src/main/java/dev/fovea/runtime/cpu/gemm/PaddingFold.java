package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import java.util.Arrays;

/**
 * Adds the gradient of an input padded with repeated elements to the gradient of the input: each padded element's goes to
 * the element it repeats.
 */
final class PaddingFold {
    private final Cpu cpu;
    private final Region padded;
    private final int[] rows;
    private final int[] columns;
    private final int channels;
    private final int width;
    private final int area;
    private final Gradient target;
    private final Tiles tiles = this::tile;

    PaddingFold(Cpu cpu, Window window, PaddingMode mode, Shape input, Gradient target, int capacity) {
        this.cpu = cpu;
        this.rows = sources(window.rows(), mode);
        this.columns = sources(window.columns(), mode);
        this.channels = input.channels();
        this.width = input.width();
        this.area = input.area();
        this.target = target;
        long stride = (long) channels * rows.length * columns.length;
        this.padded = new Region(cpu.memory(capacity * stride), 0, stride);
    }

    /** The elements of the padded input that windows read. */
    static int padded(Window.Axis axis) {
        return (int) ((axis.output() - 1L) * axis.stride() + axis.extent());
    }

    private static int[] sources(Window.Axis axis, PaddingMode mode) {
        int[] sources = new int[padded(axis)];
        Arrays.setAll(sources, i -> mode.source(i - axis.before(), axis.input()));
        return sources;
    }

    /** Where the padded gradient is to be written. */
    Region padded() {
        return padded;
    }

    void run(int samples) {
        cpu.workers().run(samples * channels, tiles);
    }

    private void tile(int tile, int worker) {
        int sample = tile / channels;
        int channel = tile % channels;
        float[] from = CpuMemory.values(padded);
        int fromAt = (int) padded.at(sample) + channel * rows.length * columns.length;
        float[] to = CpuMemory.values(target.region());
        int toAt = (int) target.region().at(sample) + channel * area;
        if (!target.accumulate()) {
            Arrays.fill(to, toAt, toAt + area, 0f);
        }
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                to[toAt + rows[row] * width + columns[column]] += from[fromAt + row * columns.length + column];
            }
        }
    }
}
