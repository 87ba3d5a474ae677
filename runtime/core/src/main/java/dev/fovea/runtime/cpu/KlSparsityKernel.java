package dev.fovea.runtime.cpu;

import dev.fovea.ops.KlSparsity;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;

/**
 * The divergence of the units' mean activations from the one aimed at. Forward keeps the means; every sample's value is the
 * same. With S = Σ dy over the batch of B, backward is
 *
 * <pre>dx[n, j] = S·((1 − rho)/(1 − m[j]) − rho/m[j]) / B</pre>
 *
 * <p>Floor for N floats: forward reads N, backward writes N.
 */
final class KlSparsityKernel implements Kernel {
    private final double rho;
    private final int units;
    private final Region x;
    private final Region loss;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final float[] ownMeans;
    private final boolean saves;
    private final Region saved;
    private final Elementwise means;
    private final Elementwise backward;
    private int batch;
    private double upstream;

    KlSparsityKernel(Binding binding, Cpu cpu) {
        rho = ((KlSparsity) binding.op()).rho();
        units = Math.toIntExact(binding.input().shape().size());
        x = binding.input().value();
        loss = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        saves = binding.savedPerBatch().isPresent();
        saved = binding.savedPerBatch().orElse(x);
        ownMeans = saves ? new float[0] : cpu.workspace(units);
        means = new Elementwise(cpu.workers(), units, this::means);
        backward = new Elementwise(cpu.workers(), units, this::backward);
    }

    @Override
    public void forward(Run run) {
        batch = run.batch();
        means.run(1);
        float[] mean = saves ? CpuMemory.values(saved) : ownMeans;
        int at = saves ? (int) saved.offset() : 0;
        double sum = 0;
        for (int j = 0; j < units; j++) {
            double m = mean[at + j];
            sum += rho * Math.log(rho / m) + (1 - rho) * Math.log((1 - rho) / (1 - m));
        }
        for (int sample = 0; sample < batch; sample++) {
            CpuMemory.values(loss)[(int) loss.at(sample)] = (float) sum;
        }
    }

    @Override
    public void backward(Run run) {
        if (dx.wanted() && dy.wanted()) {
            batch = run.batch();
            upstream = 0;
            for (int sample = 0; sample < batch; sample++) {
                upstream += dy.values()[dy.at(sample)];
            }
            backward.run(batch);
        }
    }

    private void means(int one, int from, int length, int worker) {
        float[] in = CpuMemory.values(x);
        float[] mean = saves ? CpuMemory.values(saved) : ownMeans;
        int at = saves ? (int) saved.offset() : 0;
        for (int j = from; j < from + length; j++) {
            double sum = 0;
            for (int sample = 0; sample < batch; sample++) {
                sum += in[(int) x.at(sample) + j];
            }
            mean[at + j] = (float) (sum / batch);
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] mean = CpuMemory.values(saved);
        int at = (int) saved.offset();
        float[] target = dx.values();
        int targetAt = dx.at(sample);
        for (int j = from; j < from + length; j++) {
            double m = mean[at + j];
            float slope = (float) (upstream * ((1 - rho) / (1 - m) - rho / m) / batch);
            target[targetAt + j] = dx.accumulate() ? target[targetAt + j] + slope : slope;
        }
    }
}
