package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.KernelWays.Way;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.plan.PlannedCall;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.SimdChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plan says of kernels is what a profile of a model that has run says of them, however wide registers are here. */
class KernelWaysTest {
    private static final int THREADS = 2;

    @ParameterizedTest
    @CsvSource({
        "lenet, LeNet5, 1, true",
        "lenet, LeNet5, 1, false",
        "lenet, LeNet5, 64, true",
        "lenet, LeNet5, 64, false",
        "resnet, ResNet18, 2, true",
        "resnet, ResNet18, 2, false",
        "resnet_cifar, CifarResNet20, 8, false",
        "googlenet, GoogLeNet, 1, false",
        "dcgan, DCGANGenerator, 4, true",
        "mobilenet_v2, MobileNetV2, 1, false"
    })
    void thePlanSaysWhatAProfileSays(String file, String name, int batch, boolean training) throws Exception {
        Graph graph = graph(file, name);
        KernelWays planned =
                new KernelWays(new Machine(THREADS, SimdChoice::best), Planner.plan(graph), batch, training);
        List<ProfiledKernels> profiled = new ArrayList<>();
        List<CpuKernels> cpu = new ArrayList<>();
        var builder = LoadedModel.of(graph)
                .builder()
                .device("cpu")
                .threads(THREADS)
                .batch(batch)
                .wrapped(opened -> {
                    cpu.add((CpuKernels) opened);
                    profiled.add(new ProfiledKernels(opened, System::nanoTime));
                    return profiled.get(0);
                });
        try (CompiledModel model =
                training ? builder.build() : builder.inference().build()) {
            StepProfile profile = profiled.get(0).profile(batch, 1, () -> {
                model.forward(batch, training);
                if (training) {
                    model.backward();
                }
            });
            Map<String, Way> ways = ways(graph, planned);
            assertThat(algorithms(ways)).isNotEmpty().isEqualTo(algorithms(profile));
            assertThat(folded(ways)).isEqualTo(folded(profile, ways));
            assertThat(ways.entrySet().stream()
                            .filter(way -> way.getValue().inBlocks()
                                    && way.getValue().by().isEmpty())
                            .map(Map.Entry::getKey))
                    .containsExactlyElementsOf(cpu.get(0).inBlocks().stream()
                            .map(Binding::name)
                            .sorted()
                            .toList());
        }
    }

    /** Of the layers that another one does: which. */
    private static Map<String, String> folded(Map<String, Way> ways) {
        Map<String, String> folded = new TreeMap<>();
        ways.forEach((call, way) -> way.by().ifPresent(giver -> folded.put(call, giver)));
        return folded;
    }

    /** The same as a profile tells it, which names activations after their operators beside. */
    private static Map<String, String> folded(StepProfile profile, Map<String, Way> ways) {
        Map<String, String> folded = new TreeMap<>();
        for (StepWork work : profile.works().keySet()) {
            work.layers().stream().skip(1).filter(ways::containsKey).forEach(layer -> folded.put(layer, work.layer()));
        }
        return folded;
    }

    private static Map<String, String> algorithms(Map<String, Way> ways) {
        Map<String, String> algorithms = new TreeMap<>();
        ways.forEach((call, way) -> way.algorithms().forEach((pass, how) -> algorithms.put(call + " " + pass, how)));
        return algorithms;
    }

    private static Map<String, String> algorithms(StepProfile profile) {
        return new TreeMap<>(profile.works().keySet().stream()
                .filter(work -> !work.algorithm().isEmpty())
                .collect(Collectors.toMap(work -> work.layer() + " " + work.pass(), StepWork::algorithm)));
    }

    /** Of all calls that run, in the order of their names. */
    private static Map<String, Way> ways(Graph graph, KernelWays planned) {
        Map<String, Way> ways = new TreeMap<>();
        for (PlannedCall planCall : Planner.plan(graph).calls()) {
            planned.of(planCall.call().name())
                    .ifPresent(way -> ways.put(planCall.call().name(), way));
        }
        return ways;
    }

    /** A normalisation and a sum behind a convolution are done by it, but only where the model is built to infer. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatIsFoldedIsNamedAfterTheConvolution(boolean training) throws Exception {
        KernelWays planned =
                new KernelWays(new Machine(1, ScalarSimd::new), Planner.plan(graph("resnet", "ResNet18")), 1, training);
        Map<String, Optional<String>> by = new HashMap<>();
        for (String call : List.of("conv1", "bn1", "layer1.0.conv2", "layer1.0.bn2", "layer1.0.add1")) {
            by.put(call, planned.of(call).orElseThrow().by());
        }
        assertThat(by)
                .containsEntry("conv1", Optional.empty())
                .containsEntry("bn1", training ? Optional.empty() : Optional.of("conv1"))
                .containsEntry("layer1.0.conv2", Optional.empty())
                .containsEntry("layer1.0.bn2", training ? Optional.empty() : Optional.of("layer1.0.conv2"))
                .containsEntry("layer1.0.add1", training ? Optional.empty() : Optional.of("layer1.0.conv2"));
        assertThat(planned.of("layer1.0.conv1").orElseThrow().algorithms().keySet())
                .containsExactlyInAnyOrder(
                        training
                                ? new Pass[] {Pass.FORWARD, Pass.INPUT_GRADIENT, Pass.WEIGHT_GRADIENT}
                                : new Pass[] {Pass.FORWARD});
    }

    private static Graph graph(String file, String name) {
        Path path = MarkdownPage.ROOT.resolve("stdlib-models/src/main/cnn/std").resolve(file + ".cnn");
        return Compiler.with(Library.EMPTY).onlyModel(name).checkPaths(List.of(path), Map.of()).models().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
