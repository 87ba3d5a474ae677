package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.ops.Add;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Concat;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Flatten;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Tanh;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.vector.StepNet.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A net that trains in channel blocks gives the gradients of one that trains in planes. */
class BlockTrainingNetTest {
    private static final int STEPS = 3;
    /** Of the length of all gradients of a step: roundings of sums in another order. */
    private static final double BOUND = 1e-5;

    private Simd simd;

    @BeforeEach
    void chooseRegistersAsLongAsABlock() {
        List<Simd> all =
                Simds.vector().stream().filter(one -> one.blocks().isPresent()).toList();
        assumeThat(all).as("registers as long as a block").isNotEmpty();
        simd = all.get(0);
    }

    /** As a residual network begins and ends: normed, pooled, halved, and averaged over each channel. */
    @Test
    void convolutionsAndNorms() {
        List<Layer> layers = List.of(
                Layer.of(conv(64, 7, 2, false)),
                Layer.of(norm()).then(new Relu()),
                Layer.of(new MaxPool(Pair.square(3), Pair.square(2), Padding.all(1), Pair.square(1), false)),
                Layer.of(conv(32, 3, 1, false)),
                Layer.of(norm()).then(new Relu()),
                Layer.of(conv(48, 3, 2, false)),
                Layer.of(norm()).then(new Relu()),
                Layer.of(conv(64, 1, 1, false)),
                Layer.of(norm()),
                Layer.of(new Relu()),
                Layer.of(new GlobalAvgPool()),
                Layer.of(dense()));
        compare(3, Shape.of(32, 49, 45), layers, "layer0", "layer2", "layer5", "layer8");
    }

    /** Without norms: biases, whose gradients are sums, and rectifiers behind the convolutions. */
    @Test
    void convolutionsWithBiases() {
        List<Layer> layers = List.of(
                Layer.of(conv(32, 3, 1, true)).then(new Relu()),
                Layer.of(conv(32, 3, 1, true)).then(new Relu()),
                Layer.of(new MaxPool(Pair.square(2), Pair.square(2), Padding.NONE, Pair.square(1), false)),
                Layer.of(conv(64, 3, 1, true)).then(new Relu()),
                Layer.of(new GlobalAvgPool()),
                Layer.of(dense()));
        compare(4, Shape.of(16, 24, 20), layers, "layer0", "layer1", "layer3");
    }

    /** A tensor that two kernels read, one of which leaves out pixels; their gradients are added. */
    @Test
    void residualBlocks() {
        List<Layer> layers = List.of(
                Layer.of(conv(32, 3, 1, true)).then(new Relu()),
                Layer.of(conv(64, 3, 2, false)),
                Layer.of(norm()).then(new Relu()),
                Layer.of(conv(64, 3, 1, false)),
                Layer.of(norm()),
                Layer.of(conv(64, 3, 1, false)),
                Layer.of(norm()),
                Layer.of(new Add()).with(4).then(new Relu()),
                Layer.of(conv(96, 1, 2, false)),
                Layer.of(norm()).then(new Relu()),
                Layer.of(new GlobalAvgPool()),
                Layer.of(dense()));
        compare(3, Shape.of(16, 24, 20), layers, "layer3", "layer4", "layer7", "layer8");
    }

    /** A sum that lies where a norm writes, with what may be behind it. */
    @ParameterizedTest
    @MethodSource("endsOfBlocks")
    void sumsOverNorms(Optional<Op> activation) throws Exception {
        Layer sum = Layer.of(new Add()).with(1).folding();
        List<Layer> layers = List.of(
                Layer.of(conv(32, 3, 1, true)).then(new Relu()),
                Layer.of(conv(64, 3, 2, false)),
                Layer.of(conv(64, 3, 1, false)),
                Layer.of(norm()),
                activation.map(sum::then).orElse(sum),
                Layer.of(conv(32, 1, 1, true)),
                Layer.of(new GlobalAvgPool()),
                Layer.of(dense()));
        Shape input = Shape.of(16, 24, 20);
        compare(3, input, layers, "layer3", "layer4");
        try (StepNet blocks = StepNet.of(new CpuKernels(2, simd), 2, 3, true, input, layers);
                StepNet planes =
                        StepNet.of(new CpuKernels(1, simd, ConvolutionWay.GATHERED), 1, 3, true, input, layers)) {
            for (boolean training : new boolean[] {true, false}) {
                float[] one = output(blocks, input, training);
                assertThat(distance(one, output(planes, input, training))).isLessThan(BOUND);
            }
            Run run = new Run().set(3, true, 1, 0);
            blocks.forward(run, 4);
            float[] afterTheNorm = written(blocks);
            blocks.forward(run, 5);
            assertThat(written(blocks)).as("the norm has added already").isEqualTo(afterTheNorm);
            planes.forward(run, 4);
            float[] ofPlanes = written(planes);
            planes.forward(run, 5);
            assertThat(written(planes)).isNotEqualTo(ofPlanes);
        }
    }

    static List<Optional<Op>> endsOfBlocks() {
        return List.of(Optional.empty(), Optional.of(new Relu()), Optional.of(new Tanh()));
    }

    private static float[] output(StepNet net, Shape input, boolean training) throws Exception {
        Port out = net.spec().mainOutput();
        net.write(net.spec().inputs().get(0), random("x", input.size() * 3), 3);
        net.forward(3, training);
        float[] values = new float[(int) (out.shape().size() * 3)];
        net.read(out, values, 3);
        return values;
    }

    /** All that the layers have written. */
    private static float[] written(StepNet net) {
        Memory memory = net.value(net.spec().mainOutput()).memory();
        return read(new Region(memory, 0, memory.length()), memory.length(), 1);
    }

    @Test
    void joinedChannels() {
        List<Layer> layers = List.of(
                Layer.of(conv(32, 3, 1, true)).then(new Relu()),
                Layer.of(conv(48, 3, 1, true)).then(new Relu()),
                Layer.of(new Concat(0)).with(0),
                Layer.of(conv(32, 1, 1, true)).then(new Relu()),
                Layer.of(new GlobalAvgPool()),
                Layer.of(dense()));
        compare(3, Shape.of(32, 14, 14), layers, "layer0", "layer1", "layer2", "layer3");
    }

    /** What a pool gives lies in both orders at once where it is one pixel of each channel. */
    @Test
    void pooledToOnePixel() {
        List<Layer> layers = List.of(
                Layer.of(conv(32, 3, 1, true)).then(new Relu()),
                Layer.of(conv(64, 3, 1, true)).then(new Relu()),
                Layer.of(new MaxPool(Pair.square(8), Pair.square(8), Padding.NONE, Pair.square(1), false)),
                Layer.of(new Flatten()),
                Layer.of(dense()));
        compare(4, Shape.of(32, 8, 8), layers, "layer0", "layer1");
    }

    /** So large that a sample's pixels are cut into strips, and sums into parts. */
    @Test
    void largeImages() {
        List<Layer> layers = List.of(
                Layer.of(conv(32, 3, 1, true)),
                Layer.of(conv(32, 3, 1, true)),
                Layer.of(conv(32, 5, 2, true)),
                Layer.of(new GlobalAvgPool()),
                Layer.of(dense()));
        compare(3, Shape.of(32, 90, 101), layers, "layer0", "layer1", "layer2");
    }

    private void compare(int batch, Shape input, List<Layer> layers, String... inBlocks) {
        List<float[]> planes =
                gradients(new CpuKernels(1, simd, ConvolutionWay.GATHERED), 1, batch, input, layers, List.of());
        List<float[]> alone = gradients(new CpuKernels(1, simd), 1, batch, input, layers, List.of(inBlocks));
        for (int i = 0; i < planes.size(); i++) {
            assertThat(distance(alone.get(i), planes.get(i)))
                    .as("%s of %s, gradients %d", layers, input, i)
                    .isLessThan(BOUND);
        }
        for (int threads = 2; threads <= 3; threads++) {
            List<float[]> several =
                    gradients(new CpuKernels(threads, simd), threads, batch, input, layers, List.of(inBlocks));
            for (int i = 0; i < planes.size(); i++) {
                assertThat(several.get(i))
                        .as("%s of %s, gradients %d, %d threads", layers, input, i, threads)
                        .isEqualTo(alone.get(i));
            }
        }
    }

    /** The length of the difference over that of the second. */
    private static double distance(float[] one, float[] other) {
        double apart = 0;
        double length = 0;
        for (int i = 0; i < one.length; i++) {
            apart += Math.pow((double) one[i] - other[i], 2);
            length += Math.pow(other[i], 2);
        }
        assertThat(length).isPositive();
        return Math.sqrt(apart / length);
    }

    /** Those of the parameters and of the input of some steps, whose values change on the way. */
    private static List<float[]> gradients(
            CpuKernels device, int threads, int batch, Shape input, List<Layer> layers, List<String> inBlocks) {
        List<float[]> all = new ArrayList<>();
        try (StepNet net = StepNet.of(device, threads, batch, true, input, layers)) {
            assertThat(device.inBlocks().stream().map(Binding::name)).containsAll(inBlocks);
            Port in = net.spec().inputs().get(0);
            Port out = net.spec().mainOutput();
            Memory parameters = Objects.requireNonNull(net.gradients());
            for (int step = 0; step < STEPS; step++) {
                int samples = step == 1 ? Math.max(1, batch - 1) : batch;
                net.write(in, random("x" + step, input.size() * batch), samples);
                net.forward(samples, true);
                write(Objects.requireNonNull(net.gradient(out)), out.shape(), "dy" + step, batch);
                net.backward();
                all.add(read(new Region(parameters, 0, parameters.length()), parameters.length(), 1));
                all.add(read(Objects.requireNonNull(net.gradient(in)), input.size(), samples));
                net.kernels().blend(net.parameters(), parameters, 0, parameters.length(), 1, -0.01f);
            }
        }
        return all;
    }

    private static void write(Region region, Shape shape, String name, int batch) {
        int size = (int) shape.size();
        float[] values = random(name, (long) size * batch);
        for (int sample = 0; sample < batch; sample++) {
            region.memory().write(region.at(sample), values, sample * size, size);
        }
    }

    private static float[] read(Region region, long size, int batch) {
        float[] values = new float[(int) size * batch];
        for (int sample = 0; sample < batch; sample++) {
            region.memory().read(region.at(sample), values, sample * (int) size, (int) size);
        }
        return values;
    }

    private static float[] random(String stream, long floats) {
        float[] values = new float[(int) floats];
        RandomStream.named(1, stream).fillUniform(values, 0, values.length, 0, -1, 1);
        return values;
    }

    private static Op norm() {
        return new BatchNorm(1e-5f, 0.1f, true);
    }

    private static Op dense() {
        return new Dense(10, true, Initializer.DEFAULT);
    }

    private static Conv conv(int channels, int size, int stride, boolean bias) {
        return new Conv(
                channels,
                Pair.square(size),
                Pair.square(stride),
                Padding.all(size / 2),
                Pair.square(1),
                1,
                bias,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(),
                Rounding.FLOOR);
    }
}
