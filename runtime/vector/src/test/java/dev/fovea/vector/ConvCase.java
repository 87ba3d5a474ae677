package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** A convolution on random numbers, in slices of wider tensors, with what must come out. */
record ConvCase(Conv op, Shape input, int batch, boolean accumulate, long seed) {
    private static final double UNIT = Math.ulp(1f) / 2;
    private static final float BEFORE = 0.75f;
    private static final int GAP = 5;

    /** Runs forward and backward, compares with the loops and returns all results. */
    float[][] run(Simd simd, int threads, String what) {
        return run(simd, threads, ConvolutionWay.BY_SHAPE, what);
    }

    /** The same, one way or the other. */
    float[][] run(Simd simd, int threads, ConvolutionWay way, String what) {
        return run(simd, threads, way, false, false, what);
    }

    /** The same of tensors that lie in channel blocks, with their gradients; the results are in planes. */
    float[][] runInBlocks(
            Simd simd, int threads, ConvolutionWay way, boolean inputInBlocks, boolean outputInBlocks, String what) {
        return run(simd, threads, way, inputInBlocks, outputInBlocks, what);
    }

    private float[][] run(
            Simd simd, int threads, ConvolutionWay way, boolean inputInBlocks, boolean outputInBlocks, String what) {
        Shape output = Shape.of(
                op.channels(),
                op.window(input).rows().output(),
                op.window(input).columns().output());
        List<Parameter> parameters = op.def().parameters(op, List.of(input), output);
        int capacity = batch + 1;
        try (CpuKernels kernels = new CpuKernels(threads, simd, way)) {
            Random random = new Random(seed);
            Region x = random(kernels, input.size(), capacity, random);
            Region y = random(kernels, output.size(), capacity, random);
            Region dx = random(kernels, input.size(), capacity, random);
            Region dy = random(kernels, output.size(), capacity, random);
            List<ParameterOperand> operands = new ArrayList<>();
            for (Parameter parameter : parameters) {
                Region value = random(kernels, parameter.shape().size(), 1, random);
                Region gradient = random(kernels, parameter.shape().size(), 1, random);
                gradient.memory().fill(0, gradient.memory().length(), BEFORE);
                operands.add(new ParameterOperand(parameter, value, new Gradient(gradient, accumulate)));
            }
            dx.memory().fill(0, dx.memory().length(), BEFORE);
            Kernel kernel = kernels.bind(new Binding(
                    what,
                    op,
                    Optional.empty(),
                    List.of(new Operand(input, x, new Gradient(dx, accumulate))),
                    new Operand(output, y, new Gradient(dy, false)),
                    operands,
                    Optional.empty(),
                    Optional.empty(),
                    capacity,
                    0));
            if (inputInBlocks || outputInBlocks) {
                Blockable blockable = (Blockable) kernel;
                assertThat(blockable.canBlock()).as(what).isTrue();
                blockable.lay(inputInBlocks, outputInBlocks);
                if (way == ConvolutionWay.WINOGRAD) {
                    assertThat(kernel.parts())
                            .as(what)
                            .filteredOn(part -> part.pass() == Pass.FORWARD || part.pass() == Pass.INPUT_GRADIENT)
                            .extracting(KernelPart::algorithm)
                            .containsExactly(KernelPart.WINOGRAD, KernelPart.WINOGRAD);
                }
            }
            Run run = new Run().set(batch, true, 1, 0);
            kernel.forward(run);
            kernel.backward(run);
            List<float[]> results = new ArrayList<>();
            results.add(planes(read(y, output.size(), batch), output, outputInBlocks));
            results.add(planes(read(dx, input.size(), batch), input, inputInBlocks));
            for (ParameterOperand operand : operands) {
                results.add(read(
                        operand.gradient().region(), operand.parameter().shape().size(), 1));
            }
            if (threads == 1) {
                float[] read = planes(read(x, input.size(), batch), input, inputInBlocks);
                float[] gradient = planes(read(dy, output.size(), batch), output, outputInBlocks);
                new Loops(read, gradient, operands, output).compare(results, what);
            }
            return results.toArray(new float[0][]);
        }
    }

    /** Which way each pass goes, by name, where the shapes decide. */
    Map<Pass, String> ways(Simd simd) {
        return ways(simd, ConvolutionWay.BY_SHAPE);
    }

    /** The same where a way is asked for. */
    Map<Pass, String> ways(Simd simd, ConvolutionWay way) {
        Window window = op.window(input);
        Shape output =
                Shape.of(op.channels(), window.rows().output(), window.columns().output());
        try (CpuKernels kernels = new CpuKernels(1, simd, way)) {
            Random random = new Random(seed);
            List<ParameterOperand> operands = new ArrayList<>();
            for (Parameter parameter : op.def().parameters(op, List.of(input), output)) {
                Region value = random(kernels, parameter.shape().size(), 1, random);
                operands.add(new ParameterOperand(parameter, value, new Gradient(value, accumulate)));
            }
            Region x = random(kernels, input.size(), batch, random);
            Region y = random(kernels, output.size(), batch, random);
            Kernel kernel = kernels.bind(new Binding(
                    "ways",
                    op,
                    Optional.empty(),
                    List.of(new Operand(input, x, new Gradient(x, accumulate))),
                    new Operand(output, y, new Gradient(y, false)),
                    operands,
                    Optional.empty(),
                    Optional.empty(),
                    batch,
                    0));
            return kernel.parts().stream().collect(Collectors.toMap(KernelPart::pass, KernelPart::algorithm));
        }
    }

    /** The output of a kernel that only infers, and so keeps its weight in the form in which it multiplies. */
    float[] infer(Simd simd, int threads, ConvolutionWay way, String what) {
        Window window = op.window(input);
        Shape output =
                Shape.of(op.channels(), window.rows().output(), window.columns().output());
        try (CpuKernels kernels = new CpuKernels(threads, simd, way)) {
            Random random = new Random(seed);
            Region x = random(kernels, input.size(), batch, random);
            Region y = random(kernels, output.size(), batch, random);
            List<ParameterOperand> operands = new ArrayList<>();
            for (Parameter parameter : op.def().parameters(op, List.of(input), output)) {
                Region value = random(kernels, parameter.shape().size(), 1, random);
                operands.add(new ParameterOperand(parameter, value, null));
            }
            float[] beside = read(y, output.size() + GAP - 2, batch);
            Kernel kernel = kernels.bind(new Binding(
                    what,
                    op,
                    Optional.of(new Relu()),
                    List.of(new Operand(input, x, null)),
                    new Operand(output, y, null),
                    operands,
                    Optional.empty(),
                    Optional.empty(),
                    batch,
                    0));
            kernels.ready();
            Run run = new Run();
            kernel.forward(run.set(batch, false, 1, 0));
            float[] first = read(y, output.size(), batch);
            // Again after the weight has been taken away and put back: what was kept does not count any more.
            Region weight = operands.get(0).value();
            float[] values = read(weight, operands.get(0).parameter().shape().size(), 1);
            weight.memory().fill(weight.offset(), values.length, 0);
            kernel.forward(run);
            float[] biases = op.bias() ? read(operands.get(1).value(), op.channels(), 1) : new float[op.channels()];
            float[] without = read(y, output.size(), batch);
            for (int i = 0; i < without.length; i++) {
                float expected = Math.max(0, biases[i / output.area() % op.channels()]);
                assertThat(without[i] == expected)
                        .as("%s: without a weight element %d is %s, not %s", what, i, without[i], expected)
                        .isTrue();
            }
            weight.memory().write(weight.offset(), values, 0, values.length);
            kernel.forward(run);
            assertThat(read(y, output.size(), batch)).as("%s: again", what).isEqualTo(first);
            float[] after = read(y, output.size() + GAP - 2, batch);
            for (int i = 0; i < after.length; i++) {
                if (i % (output.size() + GAP - 2) >= output.size()) {
                    assertThat(after[i]).as("%s: behind the output", what).isEqualTo(beside[i]);
                }
            }
            return first;
        }
    }

    private static Region random(CpuKernels kernels, long size, int samples, Random random) {
        long stride = size + GAP;
        Memory memory = kernels.allocate("test", stride * samples);
        memory.write(0, Ranges.random(random, (int) memory.length()), 0, (int) memory.length());
        return new Region(memory, 2, stride);
    }

    private static float[] planes(float[] values, Shape shape, boolean inBlocks) {
        return inBlocks ? BlockOrder.planes(values, shape) : values;
    }

    private static float[] read(Region region, long size, int samples) {
        float[] values = new float[(int) size * samples];
        for (int sample = 0; sample < samples; sample++) {
            region.memory().read(region.at(sample), values, (int) (sample * size), (int) size);
        }
        return values;
    }

    /** The definition, with the size of each sum beside it. */
    private final class Loops {
        private final float[] x;
        private final float[] dy;
        private final float[] weight;
        private final float[] bias;
        private final double[][] sums;
        private final double[][] sizes;
        private final int[] terms = new int[4];
        private final Shape output;

        Loops(float[] x, float[] dy, List<ParameterOperand> parameters, Shape output) {
            this.output = output;
            this.x = x;
            this.dy = dy;
            weight = read(
                    parameters.get(0).value(),
                    parameters.get(0).parameter().shape().size(),
                    1);
            bias = parameters.size() > 1 ? read(parameters.get(1).value(), op.channels(), 1) : new float[op.channels()];
            sums = new double[][] {
                new double[dy.length], new double[x.length], new double[weight.length], new double[bias.length]
            };
            sizes = new double[][] {
                new double[dy.length], new double[x.length], new double[weight.length], new double[bias.length]
            };
        }

        void compare(List<float[]> results, String what) {
            Window window = op.window(input);
            int seen = input.channels() / op.groups();
            int perGroup = op.channels() / op.groups();
            int area = op.kernel().height() * op.kernel().width();
            for (int at = 0; at < dy.length; at++) {
                int column = at % output.width();
                int row = at / output.width() % output.height();
                int channel = at / output.area() % op.channels();
                int sample = at / output.area() / op.channels();
                add(0, at, bias[channel]);
                add(3, channel, dy[at]);
                for (int c = 0; c < seen; c++) {
                    for (int tap = 0; tap < area; tap++) {
                        int h = position(window.rows(), row, tap / op.kernel().width());
                        int w = position(
                                window.columns(), column, tap % op.kernel().width());
                        if (h >= 0 && w >= 0) {
                            int inputChannel = channel / perGroup * seen + c;
                            int from = ((sample * input.channels() + inputChannel) * input.height() + h) * input.width()
                                    + w;
                            int k = (channel * seen + c) * area + tap;
                            add(0, at, (double) x[from] * weight[k]);
                            add(1, from, (double) dy[at] * weight[k]);
                            add(2, k, (double) dy[at] * x[from]);
                        }
                    }
                }
            }
            terms[0] = seen * area + 1;
            terms[1] = perGroup * area * 9; // padding may repeat an element
            terms[2] = batch * output.area();
            terms[3] = terms[2];
            for (int tensor = 0; tensor < results.size(); tensor++) {
                double before = tensor > 0 && accumulate ? BEFORE : 0;
                for (int i = 0; i < results.get(tensor).length; i++) {
                    double expected = sums[tensor][i] + before;
                    double bound = 2 * (terms[tensor] + 2) * UNIT * (sizes[tensor][i] + before);
                    assertThat(Math.abs(results.get(tensor)[i] - expected) <= bound)
                            .as(
                                    "%s: tensor %d, element %d: %s, not %s",
                                    what, tensor, i, results.get(tensor)[i], expected)
                            .isTrue();
                }
            }
        }

        private int position(Window.Axis axis, int output, int tap) {
            int position = output * axis.stride() + tap * axis.dilation() - axis.before();
            return op.paddingMode().source(position, axis.input());
        }

        private void add(int tensor, int at, double term) {
            sums[tensor][at] += term;
            sizes[tensor][at] += Math.abs(term);
        }
    }
}
