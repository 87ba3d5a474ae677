package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;
import java.util.Arrays;

/** Backward of {@link ScaleKernel} for tensors in channel blocks, block by block. */
final class BlockedScaleGradient {
    private static final int SIZE = BlockSimd.SIZE;
    /** Pixels that are added up in single precision. */
    private static final int RUN = 256;
    /** Three vectors to normalise with, and two for sums. */
    private static final int NUMBERS = 5 * SIZE;

    private final Region x;
    private final Region s;
    private final GradientRegion dx;
    private final GradientRegion ds;
    private final GradientRegion dy;
    private final PixelSimd pixels;
    private final int area;
    private final Scratch scratch;
    private final double[][] sums;
    private final Elementwise backward;

    BlockedScaleGradient(Binding binding, Cpu cpu) {
        x = binding.inputs().get(0).value();
        s = binding.inputs().get(1).value();
        dx = GradientRegion.of(binding.inputs().get(0));
        ds = GradientRegion.of(binding.inputs().get(1));
        dy = GradientRegion.of(binding.output());
        pixels = BlockRows.pixels(cpu.simd());
        Shape shape = binding.output().shape();
        area = shape.area();
        scratch = cpu.scratch(NUMBERS);
        sums = new double[cpu.workers().threads()][SIZE];
        backward = Elementwise.channels(cpu.workers(), shape.channels() / SIZE, area * SIZE, this::backward);
    }

    void backward(int samples) {
        backward.run(samples);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] numbers = scratch.of(worker);
        Arrays.fill(numbers, 0, 3 * SIZE, 0f);
        for (int block = from; block < from + length; block++) {
            int place = block * area * SIZE;
            if (ds.wanted()) {
                addUp((int) x.at(sample) + place, dy.at(sample) + place, numbers, sums[worker]);
                for (int i = 0; i < SIZE; i++) {
                    int at = ds.at(sample) + block * SIZE + i;
                    float dot = (float) sums[worker][i];
                    ds.values()[at] = ds.accumulate() ? ds.values()[at] + dot : dot;
                }
            }
            if (dx.wanted()) {
                spread((int) s.at(sample) + block * SIZE, dy.at(sample) + place, dx.at(sample) + place, numbers);
            }
        }
    }

    private void addUp(int xAt, int dyAt, float[] numbers, double[] totals) {
        float[] in = CpuMemory.values(x);
        Arrays.fill(totals, 0);
        for (int i = 0; i < area; i += RUN) {
            int count = Math.min(RUN, area - i);
            int at = i * SIZE;
            pixels.gradientSums(numbers, 0, in, xAt + at, dy.values(), dyAt + at, count, numbers, 3 * SIZE);
            for (int j = 0; j < SIZE; j++) {
                totals[j] += numbers[4 * SIZE + j];
            }
        }
    }

    private void spread(int factorsAt, int dyAt, int dxAt, float[] numbers) {
        float[] factors = CpuMemory.values(s);
        if (dx.accumulate()) {
            pixels.addScaled(factors, factorsAt, dy.values(), dyAt, dx.values(), dxAt, area);
        } else {
            System.arraycopy(factors, factorsAt, numbers, SIZE, SIZE);
            pixels.normalize(numbers, false, dy.values(), dyAt, dx.values(), dxAt, area);
        }
    }
}
