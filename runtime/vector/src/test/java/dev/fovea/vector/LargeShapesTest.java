package dev.fovea.vector;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.AdaptiveMaxPool;
import dev.fovea.ops.Add;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Concat;
import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Dropout;
import dev.fovea.ops.Gelu;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.GlobalMaxPool;
import dev.fovea.ops.LogSoftmax;
import dev.fovea.ops.Lrn;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Mse;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Padding;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Silu;
import dev.fovea.ops.Softmax;
import dev.fovea.ops.Tanh;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.testkit.OpContract;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Samples so large that samples are cut into tiles and the tiles shared among threads. */
class LargeShapesTest {
    private static final Padding NONE = Padding.NONE;

    private static List<OpDef.Sample> samples() {
        Pair two = Pair.square(2);
        Pair three = Pair.square(3);
        Pair one = Pair.square(1);
        return List.of(
                of(new MaxPool(two, two, NONE, one, false), Shape.of(3, 58, 66)),
                of(new MaxPool(three, two, Padding.all(1), one, false), Shape.of(5, 31, 43)),
                of(new MaxPool(three, one, Padding.all(1), one, false), Shape.of(7, 29, 31)),
                of(new MaxPool(three, one, NONE, one, false), Shape.of(7, 15, 17)),
                of(new MaxPool(three, one, Padding.all(1), one, false), Shape.of(40, 7, 7)),
                of(new AvgPool(two, two, NONE, false, true), Shape.of(5, 34, 42)),
                of(new AvgPool(three, two, Padding.all(1), true, false), Shape.of(5, 31, 43)),
                of(new AdaptiveAvgPool(new Pair(6, 7)), Shape.of(5, 30, 42)),
                of(new AdaptiveMaxPool(new Pair(6, 7)), Shape.of(12, 19, 22)),
                of(new GlobalAvgPool(), Shape.of(37, 13, 11)),
                of(new GlobalMaxPool(), Shape.of(37, 13, 11)),
                of(new BatchNorm(1e-5f, 0.1f, true), Shape.of(2, 61, 71)),
                of(new BatchNorm(1e-5f, 0.1f, true), Shape.of(37, 13, 11)),
                of(new BatchNorm(1e-5f, 0.1f, true), Shape.of(1033)),
                of(new Lrn(5, 1e-1f, 0.75f, 2, true), Shape.of(7, 23, 29)),
                of(new Softmax(), Shape.of(7, 23, 29)),
                of(new LogSoftmax(), Shape.of(4099)),
                of(new Tanh(), Shape.of(5, 31, 43)),
                of(new Silu(), Shape.of(5, 31, 43)),
                of(new Gelu(), Shape.of(5, 31, 43)),
                of(new Add(), Shape.of(5, 31, 43), Shape.of(5, 31, 43), Shape.of(5, 31, 43)),
                of(new Concat(1), Shape.of(5, 23, 43), Shape.of(5, 22, 43)),
                of(new CrossEntropy(0.1f), Shape.of(7, 23, 29), Shape.of(23, 29)),
                of(new CrossEntropy(0.1f), Shape.of(4099), Shape.of(1)),
                of(new Mse(), Shape.of(5, 31, 43), Shape.of(5, 31, 43)));
    }

    private static OpDef.Sample of(Op op, Shape... inputs) {
        return new OpDef.Sample(op, List.of(inputs));
    }

    @TestFactory
    Stream<DynamicNode> contract() {
        return implementations(simd -> OpContract.dynamicTests(kernels(2, simd), samples()));
    }

    @TestFactory
    Stream<DynamicNode> sameBitsOnAnyNumberOfThreads() {
        return implementations(simd -> OpContract.sameBits(
                List.of(kernels(1, simd), kernels(2, simd), kernels(3, simd)),
                Stream.concat(samples().stream(), Stream.of(of(new Dropout(0.3f), Shape.of(5, 43, 47))))
                        .toList()));
    }

    private interface Tests {
        Stream<DynamicNode> of(Simd simd);
    }

    private static Stream<DynamicNode> implementations(Tests tests) {
        List<Simd> vector = Simds.vector();
        // Plain loops only where there is nothing else: the suite runs without the incubating module too.
        return (vector.isEmpty() ? Simds.all() : vector)
                .stream().map(simd -> DynamicContainer.dynamicContainer(simd.description(), tests.of(simd)));
    }

    private static Supplier<Kernels> kernels(int threads, Simd simd) {
        return () -> new CpuKernels(threads, simd);
    }
}
