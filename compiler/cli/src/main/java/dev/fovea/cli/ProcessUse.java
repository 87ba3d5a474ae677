package dev.fovea.cli;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

/** What this process has used so far, as HotSpot counts it. */
final class ProcessUse {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private ProcessUse() {}

    /** Seconds that processors have worked for it, all threads together. */
    static double processorSeconds() {
        return SYSTEM.getProcessCpuTime() * 1e-9;
    }

    /** Bytes that the threads that live have taken of the heap. */
    static long allocatedBytes() {
        return LongStream.of(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
