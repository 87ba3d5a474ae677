package dev.fovea.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.ops.Add;
import dev.fovea.ops.Concat;
import dev.fovea.ops.Corrupt;
import dev.fovea.ops.DropPath;
import dev.fovea.ops.Dropout;
import dev.fovea.ops.Dropout2d;
import dev.fovea.ops.Findings;
import dev.fovea.ops.Flatten;
import dev.fovea.ops.Gelu;
import dev.fovea.ops.Identity;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Mul;
import dev.fovea.ops.Noise;
import dev.fovea.ops.Op;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Slice;
import dev.fovea.ops.StopGradient;
import dev.fovea.ops.Sub;
import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.ScalarSimd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels of which it is said that the order of their tensors is all the same to them. */
class AnyOrderTest {
    private static final Shape IMAGE = Shape.of(32, 3, 5);
    private static final int BATCH = 2;

    private final CpuKernels kernels = new CpuKernels(1, new ScalarSimd());
    private final List<Memory> memories = new ArrayList<>();

    /** An operator and what it reads. */
    private record Case(Op op, List<Shape> inputs) {
        static Case of(Op op, Shape... inputs) {
            return new Case(op, List.of(inputs));
        }

        Shape output() {
            try {
                return op.def().infer(op, inputs, Findings.NONE);
            } catch (Misfit misfit) {
                throw new IllegalArgumentException(misfit);
            }
        }
    }

    static List<Case> any() {
        return List.of(
                Case.of(new Add(), IMAGE, IMAGE, IMAGE),
                Case.of(new Concat(0), IMAGE, Shape.of(16, 3, 5)),
                Case.of(new Corrupt(0.5f), IMAGE),
                Case.of(new Dropout(0.5f), IMAGE),
                Case.of(new Dropout2d(0.5f), IMAGE),
                Case.of(new DropPath(0.5f), IMAGE),
                Case.of(new Gelu(), IMAGE),
                Case.of(new Identity(), IMAGE),
                Case.of(new Mul(), IMAGE, IMAGE),
                Case.of(new Noise(1), IMAGE),
                Case.of(new Relu(), IMAGE),
                Case.of(new Slice(16, 48, 0, 1), Shape.of(64, 3, 5)),
                Case.of(new StopGradient(), IMAGE),
                Case.of(new Sub(), IMAGE, IMAGE));
    }

    static List<Case> planar() {
        return List.of(
                Case.of(new Concat(0), Shape.of(24, 3, 5), Shape.of(8, 3, 5)),
                Case.of(new Concat(1), IMAGE, IMAGE),
                Case.of(new Flatten(), IMAGE),
                Case.of(new Slice(8, 40, 0, 1), Shape.of(64, 3, 5)),
                Case.of(new Slice(0, 64, 0, 2), Shape.of(64, 3, 5)),
                Case.of(new Slice(0, 2, 1, 1), IMAGE));
    }

    @AfterEach
    void close() {
        memories.forEach(Memory::close);
        kernels.close();
    }

    @ParameterizedTest
    @MethodSource("any")
    void givesTheSameOfBlocksInBlocks(Case of) {
        List<Operand> inputs = of.inputs().stream().map(this::tensor).toList();
        Operand output = tensor(of.output());
        Kernel kernel = bind(of, inputs, output);
        assertThat(((AnyOrder) kernel).canBlock()).isTrue();
        for (int i = 0; i < inputs.size(); i++) {
            write(inputs.get(i), numbers(inputs.get(i).shape(), i));
        }
        kernel.forward(new Run().set(BATCH, false, 1, 0));
        float[] planar = read(output);
        for (int i = 0; i < inputs.size(); i++) {
            Shape shape = inputs.get(i).shape();
            write(inputs.get(i), inBlocks(shape, numbers(shape, i)));
        }
        kernel.forward(new Run().set(BATCH, false, 1, 0));
        assertThat(read(output)).containsExactly(inBlocks(of.output(), planar));
    }

    @ParameterizedTest
    @MethodSource("planar")
    void saysWhereItIsNotSo(Case of) {
        List<Operand> inputs = of.inputs().stream().map(this::tensor).toList();
        assertThat(((AnyOrder) bind(of, inputs, tensor(of.output()))).canBlock())
                .isFalse();
    }

    static List<Case> training() {
        return any().stream()
                .filter(of -> !(of.op() instanceof Noise
                        || of.op() instanceof Dropout
                        || of.op() instanceof Dropout2d
                        || of.op() instanceof Corrupt))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("training")
    void givesTheSameGradientsOfBlocksInBlocks(Case of) {
        for (boolean accumulate : new boolean[] {false, true}) {
            List<Operand> inputs =
                    of.inputs().stream().map(shape -> tensor(shape, accumulate)).toList();
            Operand output = tensor(of.output(), false);
            Kernel kernel = bind(of, inputs, output);
            assertThat(((AnyOrder) kernel).canBlock()).isTrue();
            List<float[]> planar = gradients(kernel, inputs, output, false);
            List<float[]> blocks = gradients(kernel, inputs, output, true);
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(blocks.get(i)).containsExactly(inBlocks(inputs.get(i).shape(), planar.get(i)));
            }
        }
    }

    static List<Case> random() {
        return any().stream().filter(of -> !training().contains(of)).toList();
    }

    /** Their random numbers belong to places in planes. */
    @ParameterizedTest
    @MethodSource("random")
    void saysWhereItIsNotSoWhileTraining(Case of) {
        List<Operand> inputs =
                of.inputs().stream().map(shape -> tensor(shape, false)).toList();
        assertThat(((AnyOrder) bind(of, inputs, tensor(of.output(), false))).canBlock())
                .isFalse();
    }

    private static List<float[]> gradients(Kernel kernel, List<Operand> inputs, Operand output, boolean inBlocks) {
        Run run = new Run().set(BATCH, true, 1, 0);
        for (int i = 0; i < inputs.size(); i++) {
            put(inputs.get(i), inputs.get(i).value(), i, inBlocks);
            put(inputs.get(i), inputs.get(i).gradient().region(), i + 10, inBlocks);
        }
        put(output, output.gradient().region(), 20, inBlocks);
        kernel.forward(run);
        kernel.backward(run);
        return inputs.stream()
                .map(input -> read(input.gradient().region(), input.shape()))
                .toList();
    }

    private static void put(Operand tensor, Region region, int which, boolean inBlocks) {
        float[] numbers = numbers(tensor.shape(), which);
        float[] here = inBlocks ? inBlocks(tensor.shape(), numbers) : numbers;
        region.memory().write(0, here, 0, here.length);
    }

    private Operand tensor(Shape shape) {
        return new Operand(shape, region(shape), null);
    }

    private Operand tensor(Shape shape, boolean accumulate) {
        return new Operand(shape, region(shape), new Gradient(region(shape), accumulate));
    }

    private Region region(Shape shape) {
        Memory memory = kernels.allocate("test", BATCH * shape.size());
        memories.add(memory);
        return new Region(memory, 0, shape.size());
    }

    private Kernel bind(Case of, List<Operand> inputs, Operand output) {
        return kernels.bind(new Binding(
                "test",
                of.op(),
                Optional.empty(),
                inputs,
                output,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                BATCH,
                0));
    }

    private static float[] numbers(Shape shape, int which) {
        float[] numbers = new float[Math.toIntExact(BATCH * shape.size())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 37 + which * 101) % 997 / 100f - 5;
        }
        return numbers;
    }

    private static float[] inBlocks(Shape shape, float[] planar) {
        float[] blocks = new float[planar.length];
        int area = shape.area();
        int size = Math.toIntExact(shape.size());
        for (int i = 0; i < planar.length; i++) {
            int channel = i % size / area;
            int pixel = i % area;
            int block = channel / BlockSimd.SIZE;
            int at = (block * area + pixel) * BlockSimd.SIZE + channel % BlockSimd.SIZE;
            blocks[i / size * size + at] = planar[i];
        }
        return blocks;
    }

    private static void write(Operand tensor, float[] values) {
        tensor.value().memory().write(0, values, 0, values.length);
    }

    private static float[] read(Operand tensor) {
        return read(tensor.value(), tensor.shape());
    }

    private static float[] read(Region region, Shape shape) {
        float[] values = new float[Math.toIntExact(BATCH * shape.size())];
        region.memory().read(0, values, 0, values.length);
        return values;
    }
}
