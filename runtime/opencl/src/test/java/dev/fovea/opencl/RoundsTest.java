package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model is opened, trained and closed, again and again: a thousand times in the long profile. */
@RequiresOpenCl
class RoundsTest {
    private static final int ROUNDS = Integer.getInteger("fovea.rounds", 40);
    private static final int EARLY = 15;

    /** By then Java has touched the pages of its heap that it will use: they look like growth too. */
    private static final int WARM_UP = Math.max(EARLY, ROUNDS / 2);

    /** Growth that is no leak: the driver's and Java's own caches. */
    private static final long SLACK = 48L << 20;

    @BeforeEach
    void on() {
        System.setProperty(OpenClKernels.OVERLAP, "on");
    }

    @AfterEach
    void asItWas() {
        System.clearProperty(OpenClKernels.OVERLAP);
    }

    @Test
    void leaveNoHandleAndNoGrowth() throws Exception {
        double first = Double.NaN;
        long memory = 0;
        long buffers = 0;
        for (int round = 0; round < EARLY + ROUNDS; round++) {
            if (round == WARM_UP) {
                memory = residentBytes();
                buffers = directBuffers();
            }
            try (SmallNet net = new SmallNet(TestDevice.open(), 8)) {
                net.kernels().writeAhead(4096); // given back by closing
                double loss = net.train(2);
                first = round == 0 ? loss : first;
                assertThat(loss).as("round %d", round).isFinite().isEqualTo(first);
                assertThat(ClHandle.open())
                        .containsKeys("ClContext", "ClBuffer", "ClProgram", "ClKernel")
                        .containsEntry("ClQueue", 2);
            }
            assertThat(ClHandle.open()).as("round %d", round).isEmpty();
        }
        assertThat(directBuffers()).as("buffers outside of Java's heap").isLessThanOrEqualTo(buffers + 64);
        assertThat(residentBytes() - memory)
                .as("bytes more after %d rounds", EARLY + ROUNDS - WARM_UP)
                .isLessThan(SLACK);
    }

    private static long directBuffers() throws InterruptedException {
        collectGarbage();
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getCount)
                .sum();
    }

    /** What the process holds, but for Java's heap; 0 where the system does not say. */
    private static long residentBytes() throws IOException, InterruptedException {
        collectGarbage();
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                - heap;
    }

    private static void collectGarbage() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50); // cleaners run in a thread of their own
        }
    }
}
