package dev.fovea.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Flatten;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Op;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Rounding;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.vector.StepNet.Layer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A net whose max pools take gradients through the rectifiers before them gives the gradients of one whose do not, to the bit. */
class RectifiedPoolNetTest {
    private static final int STEPS = 4;

    static List<Simd> implementations() {
        return Simds.all();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void windowsOfTwo(Simd simd) {
        for (int size : new int[] {2, 6, 10, 14, 16, 18, 24, 28, 32, 36, 70}) {
            compare(simd, 3, Shape.of(2, size, size), conv(5, 3), pool(2, 2, 0));
        }
        compare(simd, 2, Shape.of(2, 8, 20), conv(35, 3), pool(2, 2, 0));
        compare(simd, 2, Shape.of(2, 20, 8), conv(35, 3), pool(2, 2, 0));
        compare(simd, 5, Shape.of(2, 7, 9), conv(3, 1), pool(2, 2, 0));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void windowsThatOverlap(Simd simd) {
        compare(simd, 3, Shape.of(2, 13, 13), conv(5, 3), pool(3, 2, 0));
        compare(simd, 3, Shape.of(2, 9, 12), conv(5, 3), pool(3, 2, 1));
        compare(simd, 2, Shape.of(2, 37, 35), conv(20, 3), pool(3, 2, 0));
        compare(simd, 2, Shape.of(2, 11, 17), conv(20, 3), pool(3, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void behindANorm(Simd simd) {
        List<Layer> layers = List.of(
                Layer.of(conv(6, 3)),
                Layer.of(new BatchNorm(1e-5f, 0.1f, true)).then(new Relu()),
                Layer.of(pool(3, 2, 1)));
        compare(simd, 4, Shape.of(2, 18, 18), layers);
    }

    /** Convolutions and pools by turns, also with nothing that is positive, and zeros of either sign. */
    @ParameterizedTest
    @MethodSource("implementations")
    void aNet(Simd simd) {
        List<Layer> layers = List.of(
                Layer.of(conv(6, 5)).then(new Relu()),
                Layer.of(pool(2, 2, 0)),
                Layer.of(conv(16, 3)).then(new Relu()),
                Layer.of(pool(2, 2, 0)),
                Layer.of(new Flatten()),
                Layer.of(new Dense(10, true, Initializer.DEFAULT)));
        compare(simd, 9, Shape.of(1, 28, 28), layers);
    }

    private static void compare(Simd simd, int batch, Shape input, Op giver, Op pool) {
        compare(simd, batch, input, List.of(Layer.of(giver).then(new Relu()), Layer.of(pool)));
    }

    private static void compare(Simd simd, int batch, Shape input, List<Layer> layers) {
        useRegisters(simd);
        List<Kernel> apart = new ArrayList<>();
        List<float[]> expected = gradients(seen(new CpuKernels(1, simd), false, apart), 1, batch, input, layers);
        assertThat(masks(apart)).as("rectifiers that are not joined").isPositive();
        for (int threads = 1; threads <= 3; threads++) {
            List<Kernel> joined = new ArrayList<>();
            Kernels device = seen(new CpuKernels(threads, simd), true, joined);
            List<float[]> actual = gradients(device, threads, batch, input, layers);
            assertThat(masks(joined)).as("rectifiers that are not joined").isZero();
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i))
                        .as("%s of %s, gradients %d, %d threads", layers, input, i, threads)
                        .isEqualTo(expected.get(i));
            }
        }
    }

    /** Early calls mostly go to plain loops. */
    private static void useRegisters(Simd simd) {
        int planes = 1 << 16;
        simd.windows()
                .maxOfRectifiedSquares(
                        new float[4 * planes], 0, 2, 2, planes, new float[planes], 0, new float[planes], 0);
    }

    /** How many kernels take a gradient through an activation. */
    private static long masks(List<Kernel> kernels) {
        return kernels.stream()
                .flatMap(kernel -> kernel.parts().stream())
                .filter(part -> part.pass() == Pass.ACTIVATION_GRADIENT)
                .count();
    }

    /** A device that may not be told that nobody looks, and what it binds. */
    private static Kernels seen(Kernels device, boolean trains, List<Kernel> kernels) {
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (self, method, arguments) -> {
                    try {
                        if (method.getName().equals("trains") && !trains) {
                            return null;
                        }
                        Object result = method.invoke(device, arguments);
                        if (result instanceof Kernel kernel) {
                            kernels.add(kernel);
                        }
                        return result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** Those of the parameters and of the input of some steps, whose values change on the way. */
    private static List<float[]> gradients(Kernels device, int threads, int batch, Shape input, List<Layer> layers) {
        List<float[]> all = new ArrayList<>();
        try (StepNet net = StepNet.of(device, threads, batch, true, input, layers)) {
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
                net.kernels().blend(net.parameters(), parameters, 0, parameters.length(), 1, -0.1f);
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
        for (int i = 0; i < values.length; i += 7) {
            values[i] = i % 2 == 0 ? 0f : -0f;
        }
        return values;
    }

    private static MaxPool pool(int size, int stride, int padding) {
        return new MaxPool(Pair.square(size), Pair.square(stride), Padding.all(padding), Pair.square(1), false);
    }

    private static Conv conv(int channels, int size) {
        return new Conv(
                channels,
                Pair.square(size),
                Pair.square(1),
                Padding.all(size / 2),
                Pair.square(1),
                1,
                true,
                PaddingMode.ZEROS,
                Initializer.DEFAULT,
                List.of(),
                Rounding.FLOOR);
    }
}
