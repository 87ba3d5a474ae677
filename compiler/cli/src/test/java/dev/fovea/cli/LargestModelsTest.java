package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The largest standard models, read, checked, planned and summarised in a process that has done so before: at most 300 ms.
 * Counted is the processor time of the process, which other work on the machine does not change much, and of many runs the
 * quickest, which is the one where Java's compiler is done.
 */
class LargestModelsTest {
    private static final Path STANDARD = MarkdownPage.ROOT.resolve("stdlib-models/src/main/cnn/std");
    private static final int RUNS = 25;
    private static final long BOUND_MILLIS = 300;

    @ParameterizedTest
    @CsvSource({"resnet, ResNet152", "densenet, DenseNet201", "efficientnet, EfficientNetB7"})
    void warm(String file, String model) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Path path = STANDARD.resolve(file + ".cnn");
        long[] millis = LongStream.range(0, RUNS)
                .map(run -> {
                    long before = system.getProcessCpuTime();
                    Call call = Call.of("summary", path, "--model", model);
                    long after = system.getProcessCpuTime();
                    assertThat(call.out()).contains(model, "memory");
                    return (after - before) / 1_000_000;
                })
                .toArray();
        long quickest = LongStream.of(millis).min().orElseThrow();
        System.out.println(model + ": summary in " + quickest + " ms of processor time, warm; the first " + millis[0]);
        assertThat(quickest)
                .as(model + ", ms of each run: " + Arrays.toString(millis))
                .isLessThan(BOUND_MILLIS);
    }
}
