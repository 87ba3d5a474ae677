package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.runtime.device.Devices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fovea bench --profile}: where the time of a step goes, on the CPU and on an OpenCL device. */
class BenchProfileTest {
    private static final String CNN = "src/test/resources/dev/fovea/cli/cnn/lenet.cnn";
    /** Of 8 samples; conv1: 36 positions × 4 × 9, fc: 36 × 3; the first layer's input needs no gradient. */
    private static final double TRAINING_FLOPS = 8 * (2 * 2.0 * 1296 + 3 * 2.0 * 108);

    private static final Pattern KERNEL =
            Pattern.compile("\"launches\": (\\d+),\\s*\"ms\": ([-0-9.eE]+),\\s*\"gflops\": ([-0-9.eE]+)");

    @ParameterizedTest
    @ValueSource(strings = {"train", "infer"})
    void onTheCpuSharesAddUpToTheStep(String mode) {
        Call call = bench("cpu", mode, "--format", "json");
        assertThat(call.status()).as(call.transcript()).isZero();
        String families = between(call.out(), "\"families\": [", "\"layers\": [");
        String layers = call.out().substring(call.out().indexOf("\"layers\": ["));
        double step = number(call.out(), "ms_per_step", call.out().indexOf("\"profile\""));
        double rest = number(call.out(), "ms_between_kernels", 0) / step;
        assertThat(sum(families, "share") + rest).isCloseTo(1, within(1e-9));
        assertThat(sum(layers, "share") + rest).isCloseTo(1, within(1e-9));
        assertThat(sum(families, "ms") + rest * step).isCloseTo(step, within(1e-9 * step));
        assertThat(number(call.out(), "ceiling_gflops", 0)).isPositive();
        assertThat(number(call.out(), "ceiling_gb_per_s", 0)).isPositive();
        assertThat(number(call.out(), "steps", 0)).isBetween(3.0, 1000.0);
    }

    @Test
    void onTheCpuEveryPassOfEveryLayerIsThere() {
        Call call = bench("cpu", "train", "--format", "json");
        assertThat(layers(call))
                .containsExactlyInAnyOrder(
                        "conv1: conv forward",
                        "conv1: conv weight gradient",
                        "conv1: conv bias gradient",
                        "maxpool1: maxpool forward",
                        "maxpool1: maxpool backward",
                        "fc: dense forward",
                        "fc: dense input gradient",
                        "fc: dense weight gradient",
                        "fc: dense bias gradient",
                        "cross_entropy(logits, label): cross_entropy forward",
                        "cross_entropy(logits, label): cross_entropy backward",
                        "(parameters): sgd update");
        assertThat(call.out())
                .contains("\"with\": [\n          \"relu\"", "\"file\": \"" + CNN + "\",\n        \"line\": 5,");
        assertThat(layers(bench("cpu", "infer", "--format", "json")))
                .containsExactlyInAnyOrder("conv1: conv forward", "maxpool1: maxpool forward", "fc: dense forward");
    }

    @Test
    void onTheCpuTheProductsDoTheArithmeticOfTheModel() {
        Call call = bench("cpu", "train", "--format", "json");
        String families = between(call.out(), "\"families\": [", "\"layers\": [");
        double flops = 0;
        Matcher kernels = Pattern.compile("\"ms\": ([-0-9.eE]+),\\s*\"share\": [-0-9.eE]+,\\s*\"gflops\": ([-0-9.eE]+)")
                .matcher(families);
        while (kernels.find()) {
            flops += Double.parseDouble(kernels.group(1)) * 1e-3 * Double.parseDouble(kernels.group(2)) * 1e9;
        }
        assertThat(flops).isCloseTo(TRAINING_FLOPS, within(1e-6 * TRAINING_FLOPS));
    }

    @Test
    void onTheCpuItIsTablesForPeople() {
        Call call = bench("cpu", "train");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.out())
                .containsPattern("where the time goes, kernel by kernel: means of the quicker half of \\d+ more steps\n"
                        + "kernel +runs +ms +share, % +GFLOP/s +GB/s +of ceiling, %\n")
                .containsPattern("\nconv forward, [a-z]+ +1 +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9]+\n")
                .containsPattern("\nbetween kernels +[0-9.]+ +[0-9.]+\nstep +[0-9.]+ +100.0\n")
                .containsPattern("\nceilings of 2 threads: [0-9.]+ GFLOP/s from the first-level cache,"
                        + " [0-9.]+ GB/s through memory\n")
                .containsPattern("\nlayer by layer:\nlayer +line +kernel +output +ms +share, %")
                .containsPattern("\nconv1 \\+ relu +lenet.cnn:5 +conv weight gradient, [a-z]+ +\\[4, 6, 6\\] +")
                .containsPattern("\n\\(parameters\\) +sgd update +[0-9.]+ ");
    }

    /** {@code layer: operator pass}, the algorithm left out. */
    private static List<String> layers(Call call) {
        assertThat(call.status()).as(call.transcript()).isZero();
        Matcher layers = Pattern.compile("\"layer\": \"([^\"]+)\"[^{}]*\"kernel\": \"([^\",]+)")
                .matcher(call.out());
        List<String> found = new ArrayList<>();
        while (layers.find()) {
            found.add(layers.group(1) + ": " + layers.group(2));
        }
        return found;
    }

    private static String between(String text, String from, String to) {
        return text.substring(text.indexOf(from), text.indexOf(to));
    }

    private static double number(String text, String name, int from) {
        Matcher matcher = Pattern.compile("\"" + name + "\": ([-0-9.eE]+)").matcher(text);
        assertThat(matcher.find(from)).as(name).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private static double sum(String text, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": ([-0-9.eE]+)").matcher(text);
        double sum = 0;
        while (matcher.find()) {
            sum += Double.parseDouble(matcher.group(1));
        }
        return sum;
    }

    @Test
    void theProductsDoTheArithmeticOfTheModel() {
        deviceIsThere();
        Call call = bench("opencl", "train", "--format", "json");
        assertThat(call.status()).as(call.transcript()).isZero();
        Matcher kernels = KERNEL.matcher(call.out());
        double flops = 0;
        int lines = 0;
        while (kernels.find()) {
            assertThat(Integer.parseInt(kernels.group(1))).isPositive();
            assertThat(Double.parseDouble(kernels.group(2))).isPositive();
            flops += Double.parseDouble(kernels.group(2)) * 1e-3 * Double.parseDouble(kernels.group(3)) * 1e9;
            lines++;
        }
        assertThat(lines).as(call.out()).isGreaterThan(5);
        assertThat(flops).isCloseTo(TRAINING_FLOPS, within(0.01 * TRAINING_FLOPS));
    }

    @Test
    void forPeopleItIsATable() {
        deviceIsThere();
        Call call = bench("opencl", "train");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.out())
                .containsPattern("kernel +launches +ms +share, % +GFLOP/s +GB/s\n")
                .containsPattern("_forward.cl multiply +2 +")
                .containsPattern("\n[0-9.]+ ms a step in kernels\n");
    }

    private static void deviceIsThere() {
        boolean found =
                Devices.all().stream().anyMatch(device -> device.info().id().startsWith("opencl:"));
        if (!found && "required".equals(System.getenv("FOVEA_OPENCL"))) {
            throw new AssertionError("FOVEA_OPENCL=required, but there is no OpenCL device");
        }
        Assumptions.assumeTrue(found, "no OpenCL device");
    }

    private static Call bench(String device, String mode, String... more) {
        Object[] fixed = {
            "bench",
            CNN,
            "--batch",
            "8",
            "--mode",
            mode,
            "--seconds",
            "0.1",
            "--device",
            device,
            "--threads",
            "2",
            "--profile"
        };
        Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return Call.of(all);
    }
}
