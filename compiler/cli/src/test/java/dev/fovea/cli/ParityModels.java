package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.runtime.FoveaException;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The networks that devices are compared on. Which of those that take long is said by {@code -Dfovea.parity.all}: {@code true} is all,
 * {@code ResNet18,Mobile} are these two, {@code false} is none.
 */
final class ParityModels {
    /** Small forms of the families, from this test's file, and LeNet-5. */
    static final List<String> SMALL = List.of(
            "lenet.LeNet5",
            "Autoencoder",
            "ResNet",
            "Mobile",
            "Squeeze",
            "Old",
            "Generator",
            "Next",
            "SmallUNet",
            "DenseNet",
            "lenet.LeNet5Of1998");

    /** Standard models as they are. */
    static final List<String> LARGE = List.of(
            "alexnet.AlexNet",
            "autoencoder.HintonAutoencoder",
            "cifar10_quick.Cifar10Quick",
            "convnetjs.ConvNetJSCifar10",
            "dcgan.DCGANDiscriminator",
            "dcgan.DCGANGenerator",
            "densenet_cifar.CifarDenseNetBC100",
            "mobilenet_v1.MobileNetV1_025",
            "mobilenet_v3.MobileNetV3Small",
            "resnet.ResNet18",
            "resnet_cifar.CifarResNet20",
            "shufflenet_v2.ShuffleNetV2_0_5",
            "squeezenet.SqueezeNet1_1");

    /** Those whose steps, made freely, lead a device away from itself: parity.md says why, and how they are measured then. */
    private static final Set<String> PART = Set.of(
            "Mobile",
            "densenet_cifar.CifarDenseNetBC100",
            "mobilenet_v1.MobileNetV1_025",
            "resnet.ResNet18",
            "shufflenet_v2.ShuffleNetV2_0_5");

    private static final int QUICK = 4;
    private static final List<String> WANTED =
            List.of(System.getProperty("fovea.parity.all", "false").split(","));
    private static final Library STANDARD = SourceRoots.onClassPath(Main.class.getClassLoader());

    private ParityModels() {}

    /** A few always, unless others are named. */
    static Stream<String> small() {
        return SMALL.stream().filter(model -> isWanted(model) || (WANTED.equals(List.of("false")) && isQuick(model)));
    }

    static Stream<String> large() {
        return LARGE.stream().filter(ParityModels::isWanted);
    }

    static boolean isWanted(String model) {
        return WANTED.contains("true") || WANTED.contains(simpleName(model));
    }

    /** Whether rounding alone leads a device further from itself in three free steps than two devices may be apart. */
    static boolean partsFromItself(String model) {
        return PART.contains(model);
    }

    /** A misspelt name must not pass for a network that agrees. */
    static void assertWantedAreThere() {
        List<String> names = Stream.concat(SMALL.stream(), LARGE.stream())
                .map(ParityModels::simpleName)
                .toList();
        assertThat(WANTED)
                .as("-Dfovea.parity.all takes true, false or any of %s", names)
                .allMatch(name -> List.of("true", "false").contains(name) || names.contains(name));
    }

    /** {@code Mobile} is a model of this test's file, {@code lenet.LeNet5} a standard one. */
    static LoadedModel loaded(String name) throws FoveaException, IOException {
        int dot = name.indexOf('.');
        StoredFile file = dot < 0
                ? new StoredFile(
                        "networks.cnn",
                        GoldenFile.of(ParityModels.class, "parity/networks.cnn")
                                .text()
                                .getBytes(StandardCharsets.UTF_8))
                : STANDARD.find("std." + name.substring(0, dot)).orElseThrow();
        CheckResult result = Compiler.with(STANDARD).check(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        Graph graph = result.models().stream()
                .filter(model -> model.name().equals(simpleName(name)))
                .findFirst()
                .orElseThrow();
        return LoadedModel.of(graph);
    }

    private static boolean isQuick(String model) {
        return SMALL.indexOf(model) < QUICK;
    }

    private static String simpleName(String model) {
        return model.substring(model.indexOf('.') + 1);
    }
}
