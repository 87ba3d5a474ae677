package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.PixelSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pooling over whole channels. The maximum saves where in its channel it was, as the bits of an int.
 *
 * <p>Floor for C channels of A floats: forward reads C·A, backward writes as many.
 */
abstract class GlobalPoolKernel implements Blockable {
    final Simd simd;
    final GradientRegion dx;
    final int area;
    private final Region x;
    private final Region y;
    private final GradientRegion dy;
    private final Elementwise forward;
    private final Elementwise backward;
    private final Cpu cpu;
    private final Shape shape;
    private @Nullable BlockedGlobalPool blocked;

    private GlobalPoolKernel(Binding binding, Cpu cpu) {
        this.cpu = cpu;
        simd = cpu.simd();
        shape = binding.input().shape();
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        area = shape.area();
        int channels = shape.channels();
        forward = Elementwise.channels(cpu.workers(), channels, area, this::forward);
        backward = Elementwise.channels(cpu.workers(), channels, area, this::backward);
    }

    /** The values of a channel block. */
    abstract void pool(PixelSimd pixels, float[] in, int at, float[] out, int to);

    /** The value of a channel. */
    abstract float pool(int sample, int channel, float[] in, int at);

    /** Hands a channel's gradient back. */
    abstract void spread(int sample, int channel, float gradient, float[] target, int at);

    @Override
    public boolean canBlock() {
        return BlockRows.fits(simd, shape);
    }

    /** One pixel is the same in both orders. */
    @Override
    public boolean reorders() {
        return true;
    }

    @Override
    public void lay(boolean inputInBlocks, boolean outputInBlocks) {
        blocked = inputInBlocks ? new BlockedGlobalPool(this, x, y, dy, shape, cpu) : null;
    }

    @Override
    public void forward(Run run) {
        if (blocked != null) {
            blocked.forward(run.batch());
        } else {
            forward.run(run.batch());
        }
    }

    @Override
    public void backward(Run run) {
        if (!dx.wanted() || !dy.wanted()) {
            return;
        }
        if (blocked != null) {
            blocked.backward(run.batch());
        } else {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] in = CpuMemory.values(x);
        float[] out = CpuMemory.values(y);
        for (int channel = from; channel < from + length; channel++) {
            out[(int) y.at(sample) + channel] = pool(sample, channel, in, (int) x.at(sample) + channel * area);
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        for (int channel = from; channel < from + length; channel++) {
            float gradient = dy.values()[dy.at(sample) + channel];
            spread(sample, channel, gradient, dx.values(), dx.at(sample) + channel * area);
        }
    }

    /** The mean. */
    static final class Average extends GlobalPoolKernel {
        Average(Binding binding, Cpu cpu) {
            super(binding, cpu);
        }

        @Override
        float pool(int sample, int channel, float[] in, int at) {
            return simd.sum(in, at, area) / area;
        }

        @Override
        void pool(PixelSimd pixels, float[] in, int at, float[] out, int to) {
            pixels.mean(in, at, area, out, to);
        }

        @Override
        void spread(int sample, int channel, float gradient, float[] target, int at) {
            if (dx.accumulate()) {
                simd.affine(1, gradient / area, target, at, target, at, area);
            } else {
                Arrays.fill(target, at, at + area, gradient / area);
            }
        }
    }

    /** The largest; of equal elements the first, a NaN over all. */
    static final class Maximum extends GlobalPoolKernel {
        private final Region winners;
        private final boolean saves;

        Maximum(Binding binding, Cpu cpu) {
            super(binding, cpu);
            saves = binding.saved().isPresent();
            winners = binding.saved().orElse(binding.output().value());
        }

        @Override
        float pool(int sample, int channel, float[] in, int at) {
            float largest = simd.largest(in, at, area);
            if (saves) {
                int winner = 0;
                while (winner < area - 1 && in[at + winner] != largest && !Float.isNaN(in[at + winner])) {
                    winner++;
                }
                CpuMemory.values(winners)[(int) winners.at(sample) + channel] = Float.intBitsToFloat(winner);
            }
            return largest;
        }

        @Override
        public boolean canBlock() {
            return !saves && super.canBlock();
        }

        @Override
        void pool(PixelSimd pixels, float[] in, int at, float[] out, int to) {
            pixels.largest(in, at, area, out, to);
        }

        @Override
        void spread(int sample, int channel, float gradient, float[] target, int at) {
            if (!dx.accumulate()) {
                Arrays.fill(target, at, at + area, 0);
            }
            float winner = CpuMemory.values(winners)[(int) winners.at(sample) + channel];
            target[at + Float.floatToRawIntBits(winner)] += gradient;
        }
    }
}
