package dev.fovea.vector;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What runs take of the heap in this thread: loops on vectors make objects until they are compiled, so the best of many series counts. */
final class TakenMemory {
    private static final int SERIES = 200;
    private static final int RUNS = 200;

    private TakenMemory() {}

    /** Bytes of the series that took the least. */
    static long least(Runnable run) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int series = 0; series < SERIES && least > 0; series++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < RUNS; i++) {
                run.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
