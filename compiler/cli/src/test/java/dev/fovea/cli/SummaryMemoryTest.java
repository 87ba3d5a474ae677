package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.plan.MemoryUse;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.data.ArrayDataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.device.Devices;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.model.BuildOptions;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.simd.SimdChoice;
import dev.fovea.runtime.train.Trainer;
import dev.fovea.runtime.train.TrainingListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory that is shown is the memory that is asked of the device, kind by kind. */
class SummaryMemoryTest {
    private static final Path FILE = Path.of("src/test/resources/dev/fovea/cli/cnn/mixed.cnn");

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void aRunAllocatesWhatIsShown(int batch) throws Exception {
        CheckResult result = Compiler.with(Library.EMPTY).checkPaths(List.of(FILE), Map.of());
        Graph graph = result.models().get(0);
        Plan plan = Planner.plan(graph);

        MemoryUse training = MemoryUse.training(plan, batch, 1);
        assertThat(training.total()).isEqualTo(plan.trainingBytes(batch, 1));
        assertThat(allocated(result, batch, true))
                .containsEntry("gradients", training.gradients())
                .containsEntry("activations", training.activations())
                .containsEntry("batch statistics", training.workspace())
                .satisfies(bytes -> assertThat(bytes.get("parameters") + bytes.get("running statistics"))
                        .isEqualTo(training.parameters()))
                .hasSize(5);

        MemoryUse inference = MemoryUse.inference(plan, batch);
        assertThat(inference.total()).isEqualTo(plan.inferenceBytes(batch));
        assertThat(allocated(result, batch, false))
                .containsEntry("activations", inference.activations())
                .satisfies(bytes -> assertThat(bytes.get("parameters") + bytes.get("running statistics"))
                        .isEqualTo(inference.parameters()))
                .hasSize(3);
    }

    /** Losses with their targets, the optimizer's state and the decoder of a layer that is trained by itself count too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss cross_entropy(logits, label)\n optimizer adam(lr=1e-3)\n average ema(decay=0.99)",
                "loss cross_entropy(logits, label)\n optimizer sgd(lr=0.1)\n accumulate 2",
                "layerwise denoising_autoencoder(corruption=0.3) on enc\n optimizer sgd(lr=0.1, momentum=0.9)",
                "layerwise rbm(cd=1) on enc\n optimizer adam(lr=1e-3)",
            })
    void aTrainingAllocatesWhatIsShown(String phase, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("deep.cnn"), """
                model Deep {
                  input image: [1, 28, 28]
                  output logits = image -> flatten -> enc: dense(200) -> sigmoid -> head: dense(10)
                }
                train Deep {
                  target label: class(10)
                  batch 50
                  epochs 1
                  phase only {
                    PHASE
                  }
                }
                """.replace("PHASE", phase));
        CheckResult result = Compiler.with(Library.EMPTY).checkPaths(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        ModelMemory shown =
                ModelMemory.on(new Machine(1, SimdChoice::best), result.models().get(0), 50);

        LoadedModel loaded = LoadedModel.of(result.models().get(0));
        Map<String, Long> bytes = new TreeMap<>();
        ArrayDataSet data = new ArrayDataSet(
                List.of(
                        new Field.Values("image", Shape.of(1, 28, 28)),
                        new Field.Classes(
                                "label", Shape.of(1), List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"))),
                List.of(new float[100 * 784], new float[100]));
        try (Kernels cpu = Devices.open("cpu", 1);
                CompiledModel model = built(loaded, metered(cpu, bytes), 50, true)) {
            new Trainer(model, loaded.recipe("")).train(data, Optional.empty(), new TrainingListener() {});
            long allocated = bytes.values().stream().mapToLong(Long::longValue).sum();
            assertThat((double) shown.training().total())
                    .as(bytes.toString())
                    .isCloseTo(allocated + cpu.workspaceBytes(), withinPercentage(2));
        }
    }

    /** Bytes by purpose, of a model built on the CPU. */
    private static Map<String, Long> allocated(CheckResult result, int batch, boolean training) throws Exception {
        LoadedModel loaded = LoadedModel.of(result.models().get(0));
        Map<String, Long> bytes = new TreeMap<>();
        try (Kernels cpu = Devices.open("cpu", 1);
                CompiledModel model = built(loaded, metered(cpu, bytes), batch, training)) {
            assertThat(model).isNotNull();
        }
        return bytes;
    }

    private static CompiledModel built(LoadedModel loaded, Kernels kernels, int batch, boolean training)
            throws Exception {
        BuildOptions options = new BuildOptions("cpu", 1, batch, 1, training, false);
        var constructor = loaded.type().getDeclaredConstructor(Kernels.class, BuildOptions.class);
        constructor.setAccessible(true);
        return (CompiledModel) constructor.newInstance(kernels, options);
    }

    /** The same device, which writes down what is asked of it. */
    private static Kernels metered(Kernels kernels, Map<String, Long> bytes) {
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    if (method.getReturnType() == Memory.class) {
                        bytes.merge((String) arguments[0], 4 * (Long) arguments[1], Long::sum);
                    }
                    try {
                        return method.invoke(kernels, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** What is shown is what a run on the CPU holds when it has trained or inferred, to the byte. */
    @ParameterizedTest
    @CsvSource({
        "lenet.cnn, LeNet5, 32",
        "resnet_cifar.cnn, CifarResNet20, 8",
        "resnet.cnn, ResNet18, 1",
        "alexnet.cnn, AlexNet, 1",
        "squeezenet.cnn, SqueezeNet1_1, 1",
        "mobilenet_v2.cnn, MobileNetV2, 1",
        "shufflenet_v2.cnn, ShuffleNetV2_1_0, 1",
        "dcgan.cnn, DCGANGenerator, 4",
        "unet.cnn, UNetSame, 1",
        "lenet.cnn, LeNet5Of1998, 3"
    })
    void theWorkspaceOfTheCpuIsCounted(String file, String name, int batch) throws Exception {
        Path path = MarkdownPage.ROOT.resolve("stdlib-models/src/main/cnn/std").resolve(file);
        Graph graph = Compiler.with(Library.EMPTY).onlyModel(name).checkPaths(List.of(path), Map.of()).models().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        LoadedModel loaded = LoadedModel.of(graph);
        ModelMemory planned = ModelMemory.of(graph, batch);
        ModelMemory shown = ModelMemory.on(new Machine(2, SimdChoice::best), graph, batch);

        var builder = loaded.builder().device("cpu").threads(2).batch(batch);
        try (CompiledModel model = builder.build()) {
            model.forward(batch, true);
            model.backward();
            assertThat(planned.training().total() + model.kernels().workspaceBytes())
                    .isEqualTo(shown.training().total());
        }
        try (CompiledModel model = builder.inference().build()) {
            model.forward(batch, false);
            assertThat(planned.inference().total() + model.kernels().workspaceBytes())
                    .isEqualTo(shown.inference().total());
        }
        assertThat(shown.training().workspace())
                .isGreaterThan(planned.training().workspace());
    }
}
