package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.ops.Shape;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The standard models against the published figures, in tables that were not made by this compiler: torchvision's for its
 * forms, Caffe's for those of the papers.
 */
class StandardModelsTest {
    private static final Library STANDARD = SourceRoots.onClassPath(Main.class.getClassLoader());

    /** What checking a file comes to, for all that ask. */
    private static final Map<String, CheckResult> CHECKED = new ConcurrentHashMap<>();

    static List<String> files() {
        Path folder = Path.of(System.getProperty("basedir", "")).resolve("../../stdlib-models/src/main/cnn/std");
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString().replace(".cnn", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Counts> counts() {
        return table("counts.tsv").map(Counts::of);
    }

    static Stream<List<String>> traces() {
        return table("traces.tsv");
    }

    static Map<String, Map<String, String>> names() {
        return table("names.tsv")
                .collect(Collectors.groupingBy(
                        row -> row.get(0), TreeMap::new, Collectors.toMap(row -> row.get(1), row -> row.get(2))));
    }

    static Stream<String> namedModels() {
        return names().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHoldsNeitherFaultNorWarning(String file) {
        assertThat(checked(file).diagnostics()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("counts")
    void countsAreThePublishedOnes(Counts published) {
        Graph graph = graph(published.model());
        Costs costs = Costs.of(graph);
        assertThat(graph.inputs().get(0).shape()).isEqualTo(published.input());
        assertThat(costs.parameters()).isEqualTo(published.parameters());
        assertThat(costs.macs()).isEqualTo(published.macs());
        published.tensors().ifPresent(tensors -> assertThat(graph.parameters().stream()
                        .filter(parameter -> parameter.parameter().isTrainable() && !parameter.trainOnly())
                        .count())
                .isEqualTo(tensors));
        published.parametersWithHeads().ifPresent(all -> assertThat(costs.parameters() + costs.trainOnlyParameters())
                .isEqualTo(all));
        published.macsWithHeads().ifPresent(all -> assertThat(costs.macs() + costs.trainOnlyMacs())
                .isEqualTo(all));
    }

    /** The one sandwich of our own making has no published figures. */
    @Test
    void everyModelIsInTheTable() {
        List<String> concrete = files().stream()
                .flatMap(file -> checked(file).models().stream())
                .map(Graph::name)
                .toList();
        assertThat(concrete)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(counts().map(Counts::model), Stream.of("Neocognitron"))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("traces")
    void shapesFollowOneAnotherAsPublished(List<String> row) {
        List<String> given = graph(row.get(0)).operators().stream()
                .filter(node -> !node.trainOnly())
                .map(OpNode::shape)
                .map(StandardModelsTest::text)
                .toList();
        assertThat(given).containsSubsequence(row.get(1).split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "AlexNet, alexnet",
        "VGG16, vgg16",
        "VGG16BN, vgg16_bn",
        "GoogLeNet, googlenet",
        "ResNet18, resnet18",
        "ResNet50, resnet50",
        "DenseNet121, densenet121",
    })
    void allParametersHaveTorchvisionsNamesAndShapes(String model, String torchvision) throws IOException {
        String names = shapes(model).entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .sorted()
                .collect(Collectors.joining());
        assertThat(names)
                .isEqualTo(GoldenFile.of(StandardModelsTest.class, "torchvision/" + torchvision + ".txt")
                        .text());
    }

    @ParameterizedTest
    @MethodSource("namedModels")
    void someParametersHaveTorchvisionsNamesAndShapes(String model) {
        assertThat(shapes(model)).containsAllEntriesOf(names().get(model));
    }

    @ParameterizedTest
    @MethodSource("files")
    void anotherNumberOfClassesKeepsTheContracts(String file) {
        boolean hasClasses = checked(file).models().stream().allMatch(graph -> declaresClasses(file, graph.name()));
        if (hasClasses) {
            assertThat(check(file, Map.of("classes", "7")).diagnostics()).isEmpty();
        }
    }

    @Test
    void theConnectionsOfLeNet5AreThoseOfThePaper() {
        Graph graph = graph("LeNet5Of1998");
        Map<String, Long> connections = graph.operators().stream()
                .filter(node -> !node.parameters().isEmpty())
                .collect(Collectors.toMap(OpNode::name, node -> connections(graph, node)));
        assertThat(connections)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "c1", 122_304L,
                        "s2", 5_880L,
                        "c3", 151_600L,
                        "s4", 2_000L,
                        "c5", 48_120L,
                        "f6", 10_164L,
                        "output", 840L));
        assertThat(connections.values().stream().mapToLong(n -> n).sum()).isEqualTo(340_908);
    }

    @Test
    void theirBlocksCanBeImported() {
        String text = """
                import std.resnet.{Basic, Stage}

                model Tiny {
                  input image: [3, 32, 32]
                  output y = image -> layer1: Stage(Basic, 8, 2, 2)   :: [8, 16, 16]
                }
                """;
        StoredFile file = new StoredFile("tiny.cnn", text.getBytes(StandardCharsets.UTF_8));
        CheckResult result = Compiler.with(STANDARD).check(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        assertThat(result.models().get(0).parameters().get(0).name()).isEqualTo("layer1.0.conv1.weight");
    }

    /** A connection leads from an element of the input, or from a bias, to an element of the output. */
    private static long connections(Graph graph, OpNode node) {
        long elements = node.shape().size();
        return switch (node.op().name()) {
            case "subsample" -> elements * (2 * 2 + 1);
            case "rbf" -> elements * graph.node(node.inputs().get(0)).shape().size();
            default -> Costs.macs(graph, node) + elements;
        };
    }

    private static boolean declaresClasses(String file, String model) {
        String text = new String(stored(file).bytes(), StandardCharsets.UTF_8);
        return text.contains("model " + model + "(classes: int");
    }

    private static Map<String, String> shapes(String model) {
        return graph(model).parameters().stream()
                .collect(Collectors.toMap(
                        parameter -> parameter.name(),
                        parameter -> text(parameter.parameter().shape())));
    }

    private static String text(Shape shape) {
        return shape.extents().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static Graph graph(String model) {
        String file = counts().filter(row -> row.model().equals(model))
                .map(Counts::file)
                .findFirst()
                .orElseThrow(() -> new AssertionError(model + " is not in the table"));
        return checked(file).models().stream()
                .filter(graph -> graph.name().equals(model))
                .findFirst()
                .orElseThrow(() -> new AssertionError(model + " is not in " + file));
    }

    private static CheckResult checked(String file) {
        return CHECKED.computeIfAbsent(file, name -> check(name, Map.of()));
    }

    private static CheckResult check(String file, Map<String, String> parameters) {
        return Compiler.with(STANDARD).check(List.of(stored(file)), parameters);
    }

    private static StoredFile stored(String file) {
        try {
            return STANDARD.find("std." + file).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<List<String>> table(String name) {
        return GoldenFile.of(StandardModelsTest.class, "standard/" + name)
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\t")));
    }
}
