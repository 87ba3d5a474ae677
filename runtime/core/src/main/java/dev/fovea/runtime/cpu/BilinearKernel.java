package dev.fovea.runtime.cpu;

import dev.fovea.ops.Interpolation;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Upsample;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * Upsampling by interpolation, first along the columns, then along the rows: of the two input rows that an output row lies
 * between, a weighted mean is taken, and its columns are interpolated. Backward goes the same way in the other direction. A
 * tile is a channel.
 *
 * <p>Floor for an input of N and an output of M floats: forward reads N and writes M, backward reads M and writes N.
 */
final class BilinearKernel implements Kernel {
    private final Simd simd;
    private final Axis rows;
    private final Axis columns;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    private BilinearKernel(Binding binding, Cpu cpu) {
        Upsample op = (Upsample) binding.op();
        Shape shape = binding.input().shape();
        simd = cpu.simd();
        rows = Axis.of(shape.height(), op.scale().height());
        columns = Axis.of(shape.width(), op.scale().width());
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        scratch = cpu.scratch(shape.width());
        int area = binding.output().shape().area();
        forward = Elementwise.channels(cpu.workers(), shape.channels(), area, this::forward);
        backward = Elementwise.channels(cpu.workers(), shape.channels(), area, this::backward);
    }

    /** For either mode. */
    static Kernel of(Binding binding, Cpu cpu) {
        return ((Upsample) binding.op()).mode() == Interpolation.NEAREST
                ? new RearrangeKernel(binding, cpu)
                : new BilinearKernel(binding, cpu);
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dx.wanted() && dy.wanted()) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] row = scratch.of(worker);
        float[] in = CpuMemory.values(x);
        float[] out = CpuMemory.values(y);
        int width = columns.extent;
        for (int channel = from; channel < from + length; channel++) {
            int inAt = (int) x.at(sample) + channel * rows.extent * width;
            int outAt = (int) y.at(sample) + channel * rows.length() * columns.length();
            for (int i = 0; i < rows.length(); i++, outAt += columns.length()) {
                float share = rows.share[i];
                simd.affine(1 - share, 0, in, inAt + rows.first[i] * width, row, 0, width);
                simd.addScaled(share, in, inAt + rows.second[i] * width, row, 0, width);
                for (int j = 0; j < columns.length(); j++) {
                    out[outAt + j] =
                            (1 - columns.share[j]) * row[columns.first[j]] + columns.share[j] * row[columns.second[j]];
                }
            }
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] row = scratch.of(worker);
        float[] target = dx.values();
        int width = columns.extent;
        for (int channel = from; channel < from + length; channel++) {
            int plane = rows.extent * width;
            dx.clear(sample, channel * plane, plane);
            int targetAt = dx.at(sample) + channel * plane;
            int at = dy.at(sample) + channel * rows.length() * columns.length();
            for (int i = 0; i < rows.length(); i++, at += columns.length()) {
                Arrays.fill(row, 0, width, 0);
                for (int j = 0; j < columns.length(); j++) {
                    float gradient = dy.values()[at + j];
                    row[columns.first[j]] += (1 - columns.share[j]) * gradient;
                    row[columns.second[j]] += columns.share[j] * gradient;
                }
                simd.addScaled(1 - rows.share[i], row, 0, target, targetAt + rows.first[i] * width, width);
                simd.addScaled(rows.share[i], row, 0, target, targetAt + rows.second[i] * width, width);
            }
        }
    }

    /** Between which two elements of an axis each element of the larger one lies, and how far it is from the first. */
    private static final class Axis {
        final int extent;
        final int[] first;
        final int[] second;
        final float[] share;

        private Axis(int extent, int length) {
            this.extent = extent;
            first = new int[length];
            second = new int[length];
            share = new float[length];
        }

        /** With centres at half numbers: element i lies at (i + 1/2)/scale − 1/2. */
        static Axis of(int extent, int scale) {
            Axis axis = new Axis(extent, extent * scale);
            for (int i = 0; i < axis.length(); i++) {
                double place = Math.max(0, (i + 0.5) / scale - 0.5);
                axis.first[i] = (int) place;
                axis.second[i] = Math.min(extent - 1, axis.first[i] + 1);
                axis.share[i] = (float) (place - axis.first[i]);
            }
            return axis;
        }

        int length() {
            return first.length;
        }
    }
}
