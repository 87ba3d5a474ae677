package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Kernels;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jocl.CL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** Memory that lacks, at whatever point: what is told, what stays behind (nothing), and what can still be done. */
@RequiresOpenCl
class ShortageTest {
    private static final int BATCH = 64;
    private static final Pattern MEND = Pattern.compile("A batch of (\\d+) would fit");

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(ClHandle.open()).isEmpty();
    }

    /** Memory of which one request, the one of a number, is refused; a request for less that follows it is met. */
    static ClAllocator refusing(int number, AtomicInteger requests) {
        return (context, bytes, status) -> {
            if (requests.getAndIncrement() == number) {
                status[0] = CL.CL_MEM_OBJECT_ALLOCATION_FAILURE;
                return null;
            }
            return ClAllocator.DRIVER.allocate(context, bytes, status);
        };
    }

    @Test
    void anyRequestMayFail() throws Exception {
        int failures = 0;
        int explained = 0;
        double undisturbed = train(ClAllocator.DRIVER);
        for (int number = 0; number < 1000; number++) {
            AtomicInteger requests = new AtomicInteger();
            try {
                assertThat(train(refusing(number, requests))).isEqualTo(undisturbed);
                assertThat(requests.get())
                        .as("all that are made have failed once")
                        .isLessThanOrEqualTo(number);
                assertThat(failures).isEqualTo(number).isGreaterThan(10);
                assertThat(explained).isGreaterThan(8);
                return;
            } catch (DeviceException full) {
                failures++;
                assertThat(full)
                        .hasMessageContaining(TestDevice.first().label())
                        .hasMessageContaining("CL_MEM_OBJECT_ALLOCATION_FAILURE")
                        .hasMessageContaining("The device has");
                if (full.getMessage().contains("has not the memory to train SmallNet with a batch of " + BATCH)) {
                    explained++;
                    assertThat(full)
                            .hasMessageContaining("are planned")
                            .hasMessageContaining("are to be had")
                            .hasMessageMatching("(?s).*([Aa] batch of \\d+ would fit).*");
                }
                assertThat(ClHandle.open()).as("after request %d", number).isEmpty();
                if (failures % 10 == 1) {
                    assertThat(train(ClAllocator.DRIVER)).isEqualTo(undisturbed);
                }
            }
        }
        throw new AssertionFailedError("more than a thousand requests");
    }

    private static double train(ClAllocator allocator) throws Exception {
        try (SmallNet net = new SmallNet(OpenClKernels.open(TestDevice.first(), 1, allocator), BATCH)) {
            return net.train(2);
        }
    }

    /** The optimizer's state and the losses come when the model is there already. */
    @Test
    void aModelWhoseTrainingFailsCanBeUsed() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        int[] number = {Integer.MAX_VALUE};
        ClAllocator allocator =
                (context, bytes, status) -> refusing(number[0], requests).allocate(context, bytes, status);
        double undisturbed = train(ClAllocator.DRIVER);
        try (SmallNet net = new SmallNet(OpenClKernels.open(TestDevice.first(), 1, allocator), BATCH)) {
            int failures = 0;
            int before = ClHandle.open().get("ClBuffer");
            for (int further = 0; ; further++) {
                requests.set(0);
                number[0] = further;
                try {
                    assertThat(net.train(2)).isEqualTo(undisturbed);
                    break;
                } catch (DeviceException full) {
                    failures++;
                    assertThat(mend(full)).isBetween(1, BATCH - 1);
                    net.forward(BATCH, false);
                }
            }
            assertThat(failures).isBetween(3, 20);
            assertThat(ClHandle.open().get("ClBuffer"))
                    .as("tables of kernels stay until the model is closed")
                    .isLessThanOrEqualTo(before + failures);
        }
    }

    /** What the message proposes can be done, and is not far from what could be. */
    @Test
    void theBatchThatWouldFitFits() throws Exception {
        long bytes = SmallNet.SPEC.trainingBytes(40, 2);
        int batch = 1000;
        int proposals = 0;
        while (proposals < 6) {
            ClDevice small = TestDevice.withMemory(bytes);
            try (SmallNet net = new SmallNet(OpenClKernels.open(small, 1), batch)) {
                net.train(1);
                break;
            } catch (DeviceException full) {
                int proposal = mend(full);
                assertThat(proposal).isLessThan(batch);
                batch = proposal;
                proposals++;
            }
        }
        assertThat(proposals).isBetween(1, 5);
        assertThat(batch).isBetween(20, 40);
    }

    @Test
    void notEvenOneSampleMayFit() {
        ClDevice tiny = TestDevice.withMemory(SmallNet.SPEC.trainingBytes(0, 0) + 5000);
        assertThat(failure(tiny, 16)).contains("Not even a batch of 1 would fit");
    }

    private static String failure(ClDevice device, int batch) {
        Kernels kernels = OpenClKernels.open(device, 1);
        try (SmallNet net = new SmallNet(kernels, batch)) {
            throw new AssertionFailedError("it fits: " + net.spec());
        } catch (DeviceException full) {
            return String.valueOf(full.getMessage());
        }
    }

    private static int mend(DeviceException full) {
        Matcher matcher = MEND.matcher(String.valueOf(full.getMessage()));
        assertThat(matcher.find()).as(full.getMessage()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
