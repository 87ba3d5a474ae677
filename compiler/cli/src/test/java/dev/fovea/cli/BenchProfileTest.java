package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.runtime.device.Devices;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** {@code fovea bench --profile}: the times of an OpenCL device's kernels. */
class BenchProfileTest {
    private static final String CNN = "src/test/resources/dev/fovea/cli/cnn/lenet.cnn";
    private static final Pattern KERNEL =
            Pattern.compile("\"launches\": (\\d+),\\s*\"ms\": ([-0-9.eE]+),\\s*\"gflops\": ([-0-9.eE]+)");

    @Test
    void theCpuHasNoSuchClock() {
        Call call = bench("cpu");
        assertThat(call.status()).as(call.transcript()).isEqualTo(2);
        assertThat(call.err())
                .contains("--profile takes the times of an OpenCL device's kernels, and the device is cpu:"
                        + " add --device opencl, or leave --profile out");
    }

    @Test
    void theProductsDoTheArithmeticOfTheModel() {
        deviceIsThere();
        Call call = bench("opencl", "--format", "json");
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
        // conv1: 36 positions × 4 × 9, fc: 36 × 3; the first layer's input needs no gradient.
        double step = 8 * (2 * 2.0 * 1296 + 3 * 2.0 * 108);
        assertThat(flops).isCloseTo(step, within(0.01 * step));
    }

    @Test
    void forPeopleItIsATable() {
        deviceIsThere();
        Call call = bench("opencl");
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

    private static Call bench(String device, String... more) {
        Object[] fixed = {
            "bench", CNN, "--batch", "8", "--mode", "train", "--seconds", "0.1", "--device", device, "--profile"
        };
        Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return Call.of(all);
    }
}
