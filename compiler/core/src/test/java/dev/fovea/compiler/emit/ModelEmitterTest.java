package dev.fovea.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphBuilder;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Flatten;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Padding;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Relu;
import dev.fovea.ops.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelEmitterTest {
    static Graph lenet() {
        GraphBuilder graph = new GraphBuilder("LeNet5");
        int image = graph.input("image", Shape.of(1, 28, 28));
        int conv1 = graph.op("conv1", conv(6, 5, 2), image);
        int pool1 = graph.op("maxpool1", pool(), graph.op("relu1", new Relu(), conv1));
        int conv2 = graph.op("conv2", conv(16, 5, 0), pool1);
        int pool2 = graph.op("maxpool2", pool(), graph.op("relu2", new Relu(), conv2));
        int flat = graph.op("flatten1", Flatten.DEF.create(Map.of()), pool2);
        int fc1 = graph.op("relu3", new Relu(), graph.op("fc1", dense(120), flat));
        int fc2 = graph.op("relu4", new Relu(), graph.op("fc2", dense(84), fc1));
        return graph.output("logits", graph.op("fc3", dense(10), fc2)).build();
    }

    private static Conv conv(int channels, int kernel, int padding) {
        return Conv.DEF.create(
                Map.of("channels", channels, "kernel", Pair.square(kernel), "padding", Padding.all(padding)));
    }

    private static MaxPool pool() {
        return MaxPool.DEF.create(Map.of("kernel", Pair.square(2)));
    }

    private static Dense dense(int units) {
        return new Dense(units, true, Initializer.DEFAULT);
    }

    @Test
    void theSourceCompilesWithoutWarnings() {
        GeneratedSource source = ModelEmitter.emit(Planner.plan(lenet()));
        assertThat(MemoryCompiler.compile(source).getSimpleName()).isEqualTo("LeNet5");
        assertThat(ModelEmitter.emit(Planner.plan(lenet()))).isEqualTo(source);
    }
}
