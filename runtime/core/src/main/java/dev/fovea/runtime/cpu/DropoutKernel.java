package dev.fovea.runtime.cpu;

import dev.fovea.ops.Dropout;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.random.DropoutMask;
import dev.fovea.runtime.simd.Simd;

/**
 * Inverted dropout. The mask is a function of the run's seed and step, the operator's stream, the sample's place in the
 * batch and the element, see {@link DropoutMask}: backward draws it again. At inference the input is handed on.
 *
 * <p>Floor: N floats read and N written, each way; drawing the mask takes longer than moving them.
 */
final class DropoutKernel implements Kernel {
    private final Simd simd;
    private final DropoutMask mask;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final int stream;
    private final int size;
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

    DropoutKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        mask = new DropoutMask(((Dropout) binding.op()).p());
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        stream = binding.stream();
        size = Math.toIntExact(binding.output().shape().size());
        inPlace = x.equals(y);
        gradientInPlace = dx.region().equals(dy.region());
        words = new int[cpu.workers().threads()][DropoutMask.WORDS];
        scratch = cpu.scratch(Elementwise.TILE);
        forward = new Elementwise(cpu.workers(), size, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
        copy = new Elementwise(cpu.workers(), size, this::copy);
        copyGradient = new Elementwise(cpu.workers(), size, this::copyGradient);
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
        float[] factors = scratch.of(worker);
        mask.factors(seed, stepStream, sample, size, from, length, factors, words[worker]);
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
        float[] factors = scratch.of(worker);
        mask.factors(seed, stepStream, sample, size, from, length, factors, words[worker]);
        float[] target = dx.values();
        int targetAt = dx.at(sample) + from;
        if (dx.accumulate()) {
            simd.addProduct(dy.values(), dy.at(sample) + from, factors, 0, target, targetAt, length);
        } else {
            simd.multiply(dy.values(), dy.at(sample) + from, factors, 0, target, targetAt, length);
        }
    }

    private void copy(int sample, int from, int length, int worker) {
        System.arraycopy(
                CpuMemory.values(x), (int) x.at(sample) + from, CpuMemory.values(y), (int) y.at(sample) + from, length);
    }

    private void copyGradient(int sample, int from, int length, int worker) {
        dx.receive(simd, sample, from, dy.values(), dy.at(sample) + from, length);
    }
}
