package dev.fovea.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphBuilder;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.ops.Add;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Concat;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Flatten;
import dev.fovea.ops.GlobalAvgPool;
import dev.fovea.ops.Identity;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Padding;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Tanh;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelBuilder;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.Port;
import dev.fovea.testkit.oracle.DoubleTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated classes, compiled and run, against the graph in {@code double} and its central differences. */
class GeneratedGradientTest {
    private static final int BATCH = 3;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void forwardAndBackwardAreThoseOfTheGraph(long seed) throws Exception {
        Random random = new Random(seed);
        Graph graph = random(random);
        BuildOptions options = new BuildOptions("cpu", 2, BATCH, seed, true, true);
        try (CompiledModel model = build(graph, options)) {
            check(graph, model, random);
        }
    }

    @SuppressWarnings("unchecked") // generated: builder() returns a builder of the class
    static CompiledModel build(Graph graph, BuildOptions options) throws ReflectiveOperationException {
        Class<?> type = MemoryCompiler.compile(ModelEmitter.emit(Planner.plan(graph)));
        return ((ModelBuilder<CompiledModel>) type.getMethod("builder").invoke(null))
                .with(options)
                .build();
    }

    static void check(Graph graph, CompiledModel model, Random random) {
        Map<String, DoubleTensor> inputs = new HashMap<>();
        for (InputNode input : graph.inputs()) {
            DoubleTensor values = DoubleTensor.batch(BATCH, input.shape()).map(zero -> (float) random.nextGaussian());
            inputs.put(input.name(), values);
            model.write(model.spec().input(input.name()).orElseThrow(), floats(values.values()), BATCH);
        }
        GraphOracle oracle = new GraphOracle(graph, parameters(graph, model));
        model.forward(BATCH, true);
        Map<Integer, DoubleTensor> values = oracle.forward(inputs);
        Map<String, double[]> upstream = new HashMap<>();
        for (Port output : model.spec().outputs()) {
            int node = graph.output(output.name()).orElseThrow().node();
            float[] got = new float[BATCH * (int) output.shape().size()];
            model.read(output, got, BATCH);
            assertThat(got)
                    .as(output.name())
                    .usingComparatorWithPrecision(1e-3f)
                    .containsExactly(floats(values.get(node).values()));
            double[] weights =
                    random.doubles(got.length, -1, 1).map(w -> (float) w).toArray();
            upstream.put(output.name(), weights);
            writeGradient(model, output, floats(weights));
        }
        model.backward();
        for (ModelParameter parameter : model.weights().all()) {
            if (parameter.parameter().isTrainable()) {
                double[] own = oracle(graph, oracle, parameter);
                compare(
                        oracle,
                        inputs,
                        upstream,
                        own,
                        model.weights().readGradient(parameter),
                        parameter.name(),
                        random);
            }
        }
        for (Port input : model.spec().inputs()) {
            Region region = model.gradient(input);
            float[] gradient = new float[BATCH * (int) input.shape().size()];
            region.memory().read(region.offset(), gradient, 0, gradient.length);
            compare(oracle, inputs, upstream, inputs.get(input.name()).values(), gradient, input.name(), random);
        }
    }

    private static void compare(
            GraphOracle oracle,
            Map<String, DoubleTensor> inputs,
            Map<String, double[]> upstream,
            double[] values,
            float[] gradient,
            String name,
            Random random) {
        for (int k = 0; k < Math.min(5, values.length); k++) {
            int i = random.nextInt(values.length);
            double expected = oracle.derivative(inputs, upstream, values, i);
            assertThat((double) gradient[i])
                    .as("d%s[%d]", name, i)
                    .isCloseTo(expected, within(2e-3 * Math.max(1, Math.abs(expected))));
        }
    }

    private static void writeGradient(CompiledModel model, Port output, float[] values) {
        Region region = model.gradient(output);
        int size = (int) output.shape().size();
        for (int i = 0; i < BATCH; i++) {
            region.memory().write(region.at(i), values, i * size, size);
        }
    }

    private static List<DoubleTensor> parameters(Graph graph, CompiledModel model) {
        List<DoubleTensor> all = new ArrayList<>();
        graph.parameters().forEach(parameter -> {
            Shape shape = parameter.parameter().shape();
            DoubleTensor tensor =
                    DoubleTensor.of(shape.extents().stream().mapToInt(n -> n).toArray());
            model.weights().find(parameter.name()).ifPresent(own -> {
                float[] values = model.weights().read(own);
                for (int i = 0; i < values.length; i++) {
                    tensor.values()[i] = values[i];
                }
            });
            all.add(tensor);
        });
        return all;
    }

    private static double[] oracle(Graph graph, GraphOracle oracle, ModelParameter parameter) {
        for (int i = 0; i < graph.parameters().size(); i++) {
            if (graph.parameters().get(i).name().equals(parameter.name())) {
                return oracle.parameter(i).values();
            }
        }
        throw new IllegalArgumentException(parameter.name());
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    private static Graph random(Random random) {
        GraphBuilder builder = new GraphBuilder("Net");
        List<Integer> nodes = new ArrayList<>(List.of(builder.input("image", Shape.of(4, 5, 6))));
        for (int i = 0; i < 8; i++) {
            int x = nodes.get(nodes.size() - 1 - random.nextInt(Math.min(3, nodes.size())));
            int other = nodes.get(random.nextInt(nodes.size()));
            String name = "block" + i % 3 + ".n" + i;
            nodes.add(
                    switch (random.nextInt(8)) {
                        case 0, 1 -> builder.op(name, conv(3, 1), x);
                        case 2 -> builder.op(name, new Relu(), builder.op(name + "c", conv(3, 1), x));
                        case 3 -> builder.op(name, new Relu(), builder.op(name + "a", op(Add.DEF), x, other));
                        case 4 -> builder.op(name, new Tanh(), x);
                        case 5 -> builder.op(name, op(BatchNorm.DEF), x);
                        case 6 -> builder.op(name, conv(1, 0), builder.op(name + "j", op(Concat.DEF), x, other));
                        default -> builder.op(name, op(Identity.DEF), x);
                    });
        }
        int features = nodes.get(nodes.size() - 1);
        int pooled = builder.op("pool", op(GlobalAvgPool.DEF), features);
        int flat = builder.op("flat", op(Flatten.DEF), features);
        return builder.output("logits", builder.op("fc", new Dense(7, true, Initializer.DEFAULT), pooled))
                .output("other", builder.op("head", new Dense(3, false, Initializer.DEFAULT), flat))
                .output("features", features)
                .build();
    }

    private static Op conv(int kernel, int padding) {
        return Conv.DEF.create(Map.of("channels", 4, "kernel", Pair.square(kernel), "padding", Padding.all(padding)));
    }

    private static Op op(OpDef<?> def) {
        return def.create(Map.of());
    }
}
