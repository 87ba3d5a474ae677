package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.device.Devices;
import org.junit.jupiter.api.Test;

/** What is found depends on the machine; that the CPU is there does not. */
class DevicesCommandTest {
    @Test
    void theBestDeviceIsNamedWithTheReason() {
        Call call = Call.of("devices");
        assertThat(call.status()).isZero();
        String best = Devices.find("best").info().id();
        assertThat(call.out())
                .contains("\ncpu ", "`best`, which is used unless --device says otherwise, is `" + best + "`: ");
    }

    @Test
    void everyKindIsFoundOrItsAbsenceExplained() {
        Call call = Call.of("devices", "--format", "json");
        assertThat(call.out()).contains("\"id\": \"cpu\"");
        boolean isFound =
                Devices.all().stream().anyMatch(found -> found.info().id().startsWith("opencl:"));
        assertThat(call.out()).contains(isFound ? "\"id\": \"opencl:0\"" : "\"kind\": \"opencl\"");
        if ("required".equals(System.getenv("FOVEA_OPENCL"))) {
            assertThat(isFound).as("an OpenCL device").isTrue();
        }
    }

    @Test
    void kernelsAgreeWithTheCpu() {
        Call call = Call.of("devices", "--check");
        assertThat(call.status()).as(call.transcript()).isZero();
        boolean isFound =
                Devices.all().stream().anyMatch(found -> found.info().id().startsWith("opencl:"));
        if (isFound) {
            assertThat(call.out()).containsPattern("conv +[0-9]+ +[0-9.e-]+ +[0-9.e-]+ +agrees with the CPU");
        }
    }
}
