package dev.fovea.runtime.cpu;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Local;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * {@link Local}. What a window reads, its patch, is brought together for some samples at a time, and each row of weights
 * serves all of them while it is in the cache: the weights, each read once a pass, are the bulk of what moves. Forward and
 * the gradients of the parameters cut the work by positions, the gradient of the input by samples.
 */
final class LocalKernel implements Kernel {
    /** Samples that use a row of weights while it is near. */
    private static final int SAMPLES = 8;

    private final Simd simd;
    private final Workers workers;
    private final Region x;
    private final Region y;
    private final Region weight;
    private final Region bias;
    private final boolean hasBias;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final GradientRegion dWeight;
    private final GradientRegion dBias;
    private final Activation activation;
    private final int[] rows;
    private final int[] columns;
    private final int groups;
    private final int seen;
    private final int outputs;
    private final int channels;
    private final int area;
    private final int width;
    private final int outputArea;
    private final int outputWidth;
    private final int kernelHeight;
    private final int kernelWidth;
    private final int patch;
    private final Scratch scratch;
    private final Tiles forward = this::forward;
    private final Tiles inputGradient = this::inputGradient;
    private final Tiles parameterGradients = this::parameterGradients;
    private int batch;

    LocalKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        workers = cpu.workers();
        x = binding.input().value();
        y = binding.output().value();
        ParameterOperand weights = binding.parameters().get(0);
        ParameterOperand last = binding.parameters().get(binding.parameters().size() - 1);
        weight = weights.value();
        hasBias = binding.parameters().size() > 1;
        bias = last.value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        dWeight = GradientRegion.of(weights);
        dBias = GradientRegion.of(last);
        activation = cpu.activation(binding);
        Conv op = ((Local) binding.op()).convolution();
        Shape input = binding.input().shape();
        Shape output = binding.output().shape();
        Window window = op.window(input);
        rows = sources(window.rows(), op.paddingMode());
        columns = sources(window.columns(), op.paddingMode());
        groups = op.groups();
        seen = input.channels() / groups;
        channels = output.channels();
        outputs = channels / groups;
        area = input.area();
        width = input.width();
        outputArea = output.area();
        outputWidth = output.width();
        kernelHeight = op.kernel().height();
        kernelWidth = op.kernel().width();
        patch = seen * kernelHeight * kernelWidth;
        scratch = cpu.scratch((long) SAMPLES * (patch + channels));
    }

    /** For each window and each of its elements the element of the input that it reads; negative for zero. */
    private static int[] sources(Window.Axis axis, PaddingMode mode) {
        int[] sources = new int[axis.output() * axis.kernel()];
        for (int i = 0; i < sources.length; i++) {
            int position = i / axis.kernel() * axis.stride() + i % axis.kernel() * axis.dilation() - axis.before();
            sources[i] = mode.source(position, axis.input());
        }
        return sources;
    }

    @Override
    public void forward(Run run) {
        batch = run.batch();
        workers.run(outputArea, forward);
    }

    @Override
    public void backward(Run run) {
        batch = run.batch();
        if (!dy.wanted()) {
            return;
        }
        if (dx.wanted()) {
            workers.run((batch + SAMPLES - 1) / SAMPLES, inputGradient);
        }
        if (dWeight.wanted() || (hasBias && dBias.wanted())) {
            workers.run(outputArea, parameterGradients);
        }
    }

    private void forward(int position, int worker) {
        float[] work = scratch.of(worker);
        int sums = SAMPLES * patch;
        for (int first = 0; first < batch; first += SAMPLES) {
            int count = Math.min(SAMPLES, batch - first);
            for (int group = 0; group < groups; group++) {
                for (int n = 0; n < count; n++) {
                    bring(first + n, group, position, work, n * patch);
                }
                for (int output = group * outputs; output < (group + 1) * outputs; output++) {
                    int at = (output * outputArea + position) * patch;
                    float shift =
                            hasBias ? CpuMemory.values(bias)[(int) bias.offset() + output * outputArea + position] : 0;
                    for (int n = 0; n < count; n++) {
                        float product =
                                simd.dot(CpuMemory.values(weight), (int) weight.offset() + at, work, n * patch, patch);
                        work[sums + n * channels + output] = shift + product;
                    }
                }
            }
            activation.apply(work, sums, count * channels);
            for (int n = 0; n < count; n++) {
                int to = (int) y.at(first + n) + position;
                for (int output = 0; output < channels; output++) {
                    CpuMemory.values(y)[to + output * outputArea] = work[sums + n * channels + output];
                }
            }
        }
    }

    /** Brings what a window reads of one group, channel by channel. */
    private void bring(int sample, int group, int position, float[] work, int to) {
        float[] source = CpuMemory.values(x);
        int row = position / outputWidth * kernelHeight;
        int column = position % outputWidth * kernelWidth;
        int at = to;
        for (int c = 0; c < seen; c++) {
            int plane = (int) x.at(sample) + (group * seen + c) * area;
            for (int u = 0; u < kernelHeight; u++) {
                int rowAt = rows[row + u];
                for (int v = 0; v < kernelWidth; v++, at++) {
                    int columnAt = columns[column + v];
                    work[at] = rowAt < 0 || columnAt < 0 ? 0 : source[plane + rowAt * width + columnAt];
                }
            }
        }
    }

    private void inputGradient(int tile, int worker) {
        float[] work = scratch.of(worker);
        int first = tile * SAMPLES;
        int count = Math.min(SAMPLES, batch - first);
        for (int n = 0; n < count; n++) {
            dx.clear(first + n, 0, groups * seen * area);
        }
        for (int position = 0; position < outputArea; position++) {
            for (int group = 0; group < groups; group++) {
                Arrays.fill(work, 0, count * patch, 0f);
                for (int output = group * outputs; output < (group + 1) * outputs; output++) {
                    int at = (int) weight.offset() + (output * outputArea + position) * patch;
                    for (int n = 0; n < count; n++) {
                        float slope = dy.values()[dy.at(first + n) + output * outputArea + position];
                        simd.addScaled(slope, CpuMemory.values(weight), at, work, n * patch, patch);
                    }
                }
                for (int n = 0; n < count; n++) {
                    spread(first + n, group, position, work, n * patch);
                }
            }
        }
    }

    /** Adds the gradient of a patch to the elements it was brought from. */
    private void spread(int sample, int group, int position, float[] work, int from) {
        float[] target = dx.values();
        int row = position / outputWidth * kernelHeight;
        int column = position % outputWidth * kernelWidth;
        int at = from;
        for (int c = 0; c < seen; c++) {
            int plane = dx.at(sample) + (group * seen + c) * area;
            for (int u = 0; u < kernelHeight; u++) {
                int rowAt = rows[row + u];
                for (int v = 0; v < kernelWidth; v++, at++) {
                    int columnAt = columns[column + v];
                    if (rowAt >= 0 && columnAt >= 0) {
                        target[plane + rowAt * width + columnAt] += work[at];
                    }
                }
            }
        }
    }

    private void parameterGradients(int position, int worker) {
        float[] work = scratch.of(worker);
        for (int output = 0; output < channels; output++) {
            int at = output * outputArea + position;
            if (dWeight.wanted()) {
                dWeight.clear(0, at * patch, patch);
            }
            if (hasBias && dBias.wanted()) {
                dBias.clear(0, at, 1);
            }
        }
        for (int sample = 0; sample < batch; sample++) {
            for (int group = 0; group < groups; group++) {
                bring(sample, group, position, work, 0);
                for (int output = group * outputs; output < (group + 1) * outputs; output++) {
                    int at = output * outputArea + position;
                    float slope = dy.values()[dy.at(sample) + at];
                    if (dWeight.wanted()) {
                        simd.addScaled(slope, work, 0, dWeight.values(), dWeight.at(0) + at * patch, patch);
                    }
                    if (hasBias && dBias.wanted()) {
                        dBias.values()[dBias.at(0) + at] += slope;
                    }
                }
            }
        }
    }
}
