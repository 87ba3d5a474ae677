package dev.fovea.cli;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the threads that live take of the heap from some moment on, as HotSpot counts it, less what asking takes. */
final class HeapUse {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private long before;
    private long asking;

    /** Begins to count. */
    void begin() {
        long first = taken();
        before = taken();
        asking = before - first;
    }

    /** The bytes taken since it began. */
    long bytes() {
        return Math.max(0, taken() - before - asking);
    }

    private static long taken() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes); // −1 for one that has ended meanwhile
        }
        return sum;
    }
}
