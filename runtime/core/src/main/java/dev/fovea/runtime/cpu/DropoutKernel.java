package dev.fovea.runtime.cpu;

import dev.fovea.ops.Corrupt;
import dev.fovea.ops.DropPath;
import dev.fovea.ops.Dropout;
import dev.fovea.ops.Dropout2d;
import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.random.DropoutMask;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * Dropout of elements, with or without scaling, of channels or of whole samples: what is dropped together is a unit. The mask is a function of the run's seed and step, the operator's stream, the sample's place in the
 * batch and the element, see {@link DropoutMask}: backward draws it again. At inference the input is handed on.
 *
 * <p>Floor: N floats read and N written, each way; drawing the mask takes longer than moving them.
 */
final class DropoutKernel implements AnyOrder {
    private final Simd simd;
    private final DropoutMask mask;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final int stream;
    private final int unit;
    private final int units;
    private final boolean inPlace;
    private final boolean gradientInPlace;
    private final int[][] words;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;
    private final Elementwise copy;
    private final Elementwise copyGradient;
    private long seed;
    private long stepStream;

    /**
     * A dropout.
     *
     * @param unit the elements that are dropped together, which divides the elements of a sample
     */
    private DropoutKernel(Binding binding, Cpu cpu, DropoutMask mask, int unit) {
        simd = cpu.simd();
        this.mask = mask;
        this.unit = unit;
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        stream = binding.stream();
        int size = Math.toIntExact(binding.output().shape().size());
        units = size / unit;
        inPlace = x.equals(y);
        gradientInPlace = dx.region().equals(dy.region());
        words = new int[cpu.workers().threads()][DropoutMask.WORDS];
        scratch = cpu.scratch(Elementwise.TILE);
        forward = new Elementwise(cpu.workers(), size, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
        copy = new Elementwise(cpu.workers(), size, this::copy);
        copyGradient = new Elementwise(cpu.workers(), size, this::copyGradient);
    }

    /** Elements, what is kept scaled up. */
    static Kernel elements(Binding binding, Cpu cpu) {
        return new DropoutKernel(binding, cpu, new DropoutMask(((Dropout) binding.op()).p()), 1);
    }

    /** Elements, without scaling. */
    static Kernel corruption(Binding binding, Cpu cpu) {
        return new DropoutKernel(binding, cpu, new DropoutMask(((Corrupt) binding.op()).p(), 1), 1);
    }

    /** Channels. */
    static Kernel channels(Binding binding, Cpu cpu) {
        DropoutMask mask = new DropoutMask(((Dropout2d) binding.op()).p());
        return new DropoutKernel(binding, cpu, mask, binding.output().shape().area());
    }

    /** Samples. */
    static Kernel samples(Binding binding, Cpu cpu) {
        DropoutMask mask = new DropoutMask(((DropPath) binding.op()).p());
        return new DropoutKernel(
                binding, cpu, mask, Math.toIntExact(binding.output().shape().size()));
    }

    /** While training elements and channels have masks by their number in the planes. */
    @Override
    public boolean canBlock() {
        return units == 1 || !dy.wanted();
    }

    @Override
    public void forward(Run run) {
        if (run.training()) {
            draw(run);
            forward.run(run.batch());
        } else if (!inPlace) {
            copy.run(run.batch());
        }
    }

    @Override
    public void backward(Run run) {
        if (!dx.wanted() || !dy.wanted()) {
            return;
        }
        if (run.training()) {
            draw(run);
            backward.run(run.batch());
        } else if (!gradientInPlace) {
            copyGradient.run(run.batch());
        }
    }

    private void draw(Run run) {
        seed = run.seed();
        stepStream = DropoutMask.stream(stream, run.step());
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] factors = factors(sample, from, length, worker);
        simd.multiply(
                CpuMemory.values(x),
                (int) x.at(sample) + from,
                factors,
                0,
                CpuMemory.values(y),
                (int) y.at(sample) + from,
                length);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] factors = factors(sample, from, length, worker);
        float[] target = dx.values();
        int targetAt = dx.at(sample) + from;
        if (dx.accumulate()) {
            simd.addProduct(dy.values(), dy.at(sample) + from, factors, 0, target, targetAt, length);
        } else {
            simd.multiply(dy.values(), dy.at(sample) + from, factors, 0, target, targetAt, length);
        }
    }

    /** The factor of each element of a range. */
    private float[] factors(int sample, int from, int length, int worker) {
        float[] factors = scratch.of(worker);
        int first = from / unit;
        int count = (from + length - 1) / unit - first + 1;
        mask.factors(seed, stepStream, sample, units, first, count, factors, words[worker]);
        for (int i = count - 1;
                unit > 1 && i >= 0;
                i--) { // from the last, so that none is overwritten before it is spread
            int begin = Math.max(from, (first + i) * unit) - from;
            int end = Math.min(from + length, (first + i + 1) * unit) - from;
            Arrays.fill(factors, begin, end, factors[i]);
        }
        return factors;
    }

    private void copy(int sample, int from, int length, int worker) {
        System.arraycopy(
                CpuMemory.values(x), (int) x.at(sample) + from, CpuMemory.values(y), (int) y.at(sample) + from, length);
    }

    private void copyGradient(int sample, int from, int length, int worker) {
        dx.receive(simd, sample, from, dy.values(), dy.at(sample) + from, length);
    }
}
