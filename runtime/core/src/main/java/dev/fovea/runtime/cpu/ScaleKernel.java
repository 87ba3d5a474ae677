package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The channels of an image times a vector: {@code dx = dy·s}, {@code ds[c] = Σ dy[c]·x[c]}. A tile is a range of channels of one
 * sample.
 *
 * <p>Floor for N floats: forward reads N and writes N, backward reads 2·N and writes N.
 */
final class ScaleKernel implements Blockable {
    private static final int SIZE = BlockSimd.SIZE;

    private final Binding binding;
    private final Cpu cpu;
    private final Simd simd;
    private final int channels;
    private final int area;
    private final Region x;
    private final Region s;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion ds;
    private final GradientRegion dy;
    private Elementwise forward;
    private final Elementwise backward;
    private @Nullable BlockedScaleGradient blockedGradient;

    ScaleKernel(Binding binding, Cpu cpu) {
        this.binding = binding;
        this.cpu = cpu;
        simd = cpu.simd();
        area = binding.output().shape().area();
        x = binding.inputs().get(0).value();
        s = binding.inputs().get(1).value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.inputs().get(0));
        ds = GradientRegion.of(binding.inputs().get(1));
        dy = GradientRegion.of(binding.output());
        channels = binding.output().shape().channels();
        forward = Elementwise.channels(cpu.workers(), channels, area, this::forward);
        backward = Elementwise.channels(cpu.workers(), channels, area, this::backward);
    }

    /** In channel blocks a block takes the place of a channel. */
    @Override
    public void lay(boolean inputInBlocks, boolean outputInBlocks) {
        blockedGradient = inputInBlocks && dy.wanted() ? new BlockedScaleGradient(binding, cpu) : null;
        if (!inputInBlocks) {
            forward = Elementwise.channels(cpu.workers(), channels, area, this::forward);
            return;
        }
        PixelSimd pixels = cpu.simd().blocks().orElseThrow().pixels();
        Scratch numbers = cpu.scratch(3L * SIZE);
        forward = Elementwise.channels(
                cpu.workers(),
                channels / SIZE,
                area * SIZE,
                (sample, from, length, worker) -> scaleBlocks(pixels, numbers.of(worker), sample, from, length));
    }

    /** What normalises pixels multiplies them by a vector. */
    private void scaleBlocks(PixelSimd pixels, float[] numbers, int sample, int from, int length) {
        Arrays.fill(numbers, 0, 3 * SIZE, 0f);
        for (int block = from; block < from + length; block++) {
            System.arraycopy(CpuMemory.values(s), (int) s.at(sample) + block * SIZE, numbers, SIZE, SIZE);
            int place = block * area * SIZE;
            int inAt = (int) x.at(sample) + place;
            int outAt = (int) y.at(sample) + place;
            pixels.normalize(numbers, false, CpuMemory.values(x), inAt, CpuMemory.values(y), outAt, area);
        }
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (!dy.wanted() || !(dx.wanted() || ds.wanted())) {
            return;
        }
        if (blockedGradient != null) {
            blockedGradient.backward(run.batch());
        } else {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] factors = CpuMemory.values(s);
        int factorsAt = (int) s.at(sample);
        int inAt = (int) x.at(sample);
        int outAt = (int) y.at(sample);
        for (int c = from; c < from + length; c++) {
            simd.affine(
                    factors[factorsAt + c],
                    0,
                    CpuMemory.values(x),
                    inAt + c * area,
                    CpuMemory.values(y),
                    outAt + c * area,
                    area);
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] factors = CpuMemory.values(s);
        int factorsAt = (int) s.at(sample);
        for (int c = from; c < from + length; c++) {
            int dyAt = dy.at(sample) + c * area;
            if (ds.wanted()) {
                float dot = simd.dot(dy.values(), dyAt, CpuMemory.values(x), (int) x.at(sample) + c * area, area);
                int at = ds.at(sample) + c;
                ds.values()[at] = ds.accumulate() ? ds.values()[at] + dot : dot;
            }
            if (dx.wanted() && dx.accumulate()) {
                simd.addScaled(factors[factorsAt + c], dy.values(), dyAt, dx.values(), dx.at(sample) + c * area, area);
            } else if (dx.wanted()) {
                simd.affine(factors[factorsAt + c], 0, dy.values(), dyAt, dx.values(), dx.at(sample) + c * area, area);
            }
        }
    }
}
