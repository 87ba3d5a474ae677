package dev.fovea.runtime.cpu;

import dev.fovea.ops.GroupNorm;
import dev.fovea.ops.InstanceNorm;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.List;

/**
 * Normalisation of each sample over groups of channels (Wu and He 2018), of single channels too (Ulyanov et al. 2016). A
 * group's elements lie together; a tile is a group.
 *
 * <p>With r = 1/√(var + eps), x̂ = (x − mean)·r, g = weight·dy and n elements in a group, backward is
 *
 * <pre>dx = r·(g − Σg/n − x̂·Σ(g·x̂)/n), dweight = Σ dy·x̂, dbias = Σ dy</pre>
 *
 * with the first two sums over a group. The sums of a channel are kept for each sample, and then added in order.
 *
 * <p>Floor for N floats: forward reads N and writes N, backward reads 2·N and writes N, as long as a group fits the
 * second-level cache.
 */
final class GroupNormKernel implements Kernel {
    private final Simd simd;
    private final Activation activation;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final List<ParameterOperand> parameters;
    private final List<GradientRegion> gradients;
    private final float eps;
    private final int groups;
    private final int channels;
    private final int channelsPerGroup;
    private final int area;
    private final int count;
    private final boolean saves;
    private final Region saved;
    private final float[] sums;
    private final Elementwise forward;
    private final Elementwise backward;

    private GroupNormKernel(Binding binding, Cpu cpu, int groups, float eps) {
        Shape shape = binding.output().shape();
        this.eps = eps;
        this.groups = groups;
        simd = cpu.simd();
        activation = cpu.activation(binding);
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        parameters = binding.parameters();
        gradients = parameters.stream().map(GradientRegion::of).toList();
        channels = shape.channels();
        channelsPerGroup = channels / groups;
        area = shape.area();
        count = channelsPerGroup * area;
        saves = binding.saved().isPresent();
        saved = binding.saved().orElse(y);
        boolean learns = gradients.stream().anyMatch(GradientRegion::wanted);
        sums = cpu.workspace(learns ? 2L * channels * binding.capacity() : 0);
        forward = Elementwise.channels(cpu.workers(), groups, count, this::forward);
        backward = Elementwise.channels(cpu.workers(), groups, count, this::backward);
    }

    static Kernel groups(Binding binding, Cpu cpu) {
        GroupNorm op = (GroupNorm) binding.op();
        return new GroupNormKernel(binding, cpu, op.groups(), op.eps());
    }

    static Kernel instances(Binding binding, Cpu cpu) {
        InstanceNorm op = (InstanceNorm) binding.op();
        return new GroupNormKernel(binding, cpu, binding.output().shape().channels(), op.eps());
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (!dy.wanted() || (!dx.wanted() && sums.length == 0)) {
            return;
        }
        backward.run(run.batch());
        if (sums.length > 0) {
            addUp(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] in = CpuMemory.values(x);
        for (int group = from; group < from + length; group++) {
            int at = (int) x.at(sample) + group * count;
            float mean = (float) mean(in, at);
            double variance = squares(mean, in, at) / count;
            float scale = (float) (1 / Math.sqrt(variance + eps));
            if (saves) {
                CpuMemory.values(saved)[(int) saved.at(sample) + group] = mean;
                CpuMemory.values(saved)[(int) saved.at(sample) + groups + group] = scale;
            }
            for (int channel = group * channelsPerGroup; channel < (group + 1) * channelsPerGroup; channel++) {
                normalize(sample, channel, mean, scale);
            }
        }
    }

    /** Piece by piece: a float sum of very many numbers loses digits. */
    private double mean(float[] in, int at) {
        double sum = 0;
        for (int i = 0; i < count; i += Elementwise.TILE) {
            sum += simd.sum(in, at + i, Math.min(Elementwise.TILE, count - i));
        }
        return sum / count;
    }

    private double squares(float mean, float[] in, int at) {
        double sum = 0;
        for (int i = 0; i < count; i += Elementwise.TILE) {
            sum += simd.sumOfSquares(mean, in, at + i, Math.min(Elementwise.TILE, count - i));
        }
        return sum;
    }

    private void normalize(int sample, int channel, float mean, float scale) {
        int inAt = (int) x.at(sample) + channel * area;
        int outAt = (int) y.at(sample) + channel * area;
        float[] out = CpuMemory.values(y);
        float factor = scale * weight(channel);
        simd.functions().normalize(mean, factor, bias(channel), CpuMemory.values(x), inAt, out, outAt, area);
        activation.apply(out, outAt, area);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] in = CpuMemory.values(x);
        for (int group = from; group < from + length; group++) {
            float mean = CpuMemory.values(saved)[(int) saved.at(sample) + group];
            double scale = CpuMemory.values(saved)[(int) saved.at(sample) + groups + group];
            double sum = 0;
            double dot = 0;
            int first = group * channelsPerGroup;
            for (int channel = first; channel < first + channelsPerGroup; channel++) {
                int inAt = (int) x.at(sample) + channel * area;
                int sourceAt = dy.at(sample) + channel * area;
                float ownSum = simd.sum(dy.values(), sourceAt, area);
                float ownDot = simd.functions().dotCentred(mean, in, inAt, dy.values(), sourceAt, area);
                sum += (double) weight(channel) * ownSum;
                dot += (double) weight(channel) * ownDot;
                if (sums.length > 0) {
                    sums[2 * (sample * channels + channel)] = (float) (ownDot * scale);
                    sums[2 * (sample * channels + channel) + 1] = ownSum;
                }
            }
            if (dx.wanted()) {
                float b = (float) (-scale * scale * scale * dot / count);
                float c = (float) (-scale * sum / count);
                for (int channel = first; channel < first + channelsPerGroup; channel++) {
                    inputGradient(sample, channel, (float) (weight(channel) * scale), b, mean, c);
                }
            }
        }
    }

    private void inputGradient(int sample, int channel, float a, float b, float mean, float c) {
        float[] in = CpuMemory.values(x);
        int inAt = (int) x.at(sample) + channel * area;
        int sourceAt = dy.at(sample) + channel * area;
        float[] target = dx.values();
        int targetAt = dx.at(sample) + channel * area;
        if (dx.accumulate()) {
            simd.functions().addCombination(a, dy.values(), sourceAt, b, mean, in, inAt, c, target, targetAt, area);
        } else {
            simd.functions().combine(a, dy.values(), sourceAt, b, mean, in, inAt, c, target, targetAt, area);
        }
    }

    /** The parameters' gradients, sample by sample. */
    private void addUp(int samples) {
        for (int channel = 0; channel < channels; channel++) {
            double dot = 0;
            double sum = 0;
            for (int sample = 0; sample < samples; sample++) {
                dot += sums[2 * (sample * channels + channel)];
                sum += sums[2 * (sample * channels + channel) + 1];
            }
            gradients.get(0).receive(channel, dot);
            gradients.get(1).receive(channel, sum);
        }
    }

    private float weight(int channel) {
        return parameters.isEmpty() ? 1 : parameter(0, channel);
    }

    private float bias(int channel) {
        return parameters.isEmpty() ? 0 : parameter(1, channel);
    }

    private float parameter(int index, int channel) {
        Region value = parameters.get(index).value();
        return CpuMemory.values(value)[(int) value.offset() + channel];
    }
}
