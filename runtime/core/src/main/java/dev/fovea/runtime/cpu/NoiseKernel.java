package dev.fovea.runtime.cpu;

import dev.fovea.ops.Noise;
import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.random.DropoutMask;
import dev.fovea.runtime.random.NormalNumbers;
import dev.fovea.runtime.simd.Simd;

/**
 * Normal noise while training: a function of the run's seed and step, the operator's stream, the sample's place and the element,
 * see {@link NormalNumbers}. The sum is rounded once, so that it too has the same bits on every device.
 *
 * <p>Floor: N floats read and N written, each way; drawing the numbers takes longer than moving them.
 */
final class NoiseKernel implements AnyOrder {
    private final Simd simd;
    private final float deviation;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final int stream;
    private final int size;
    private final int[][] words;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;
    private boolean training;
    private long seed;
    private long stepStream;

    NoiseKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        deviation = ((Noise) binding.op()).std();
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        stream = binding.stream();
        size = Math.toIntExact(binding.output().shape().size());
        words = new int[cpu.workers().threads()][NormalNumbers.WORDS];
        scratch = cpu.scratch(Elementwise.TILE);
        forward = new Elementwise(cpu.workers(), size, this::forward);
        backward = new Elementwise(cpu.workers(), size, this::backward);
    }

    /** While training elements have numbers by their place in the planes. */
    @Override
    public boolean canBlock() {
        return !dy.wanted();
    }

    @Override
    public void forward(Run run) {
        training = run.training();
        seed = run.seed();
        stepStream = DropoutMask.stream(stream, run.step());
        if (training || !x.equals(y)) {
            forward.run(run.batch());
        }
    }

    @Override
    public void backward(Run run) {
        if (dx.wanted() && dy.wanted() && (dx.accumulate() || !dx.region().equals(dy.region()))) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] in = CpuMemory.values(x);
        int inAt = (int) x.at(sample) + from;
        float[] out = CpuMemory.values(y);
        int outAt = (int) y.at(sample) + from;
        if (!training) {
            System.arraycopy(in, inAt, out, outAt, length);
            return;
        }
        float[] noise = scratch.of(worker);
        NormalNumbers.fill(seed, stepStream, sample, size, from, length, noise, words[worker]);
        for (int i = 0; i < length; i++) {
            out[outAt + i] = Math.fma(deviation, noise[i], in[inAt + i]);
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        dx.receive(simd, sample, from, dy.values(), dy.at(sample) + from, length);
    }
}
