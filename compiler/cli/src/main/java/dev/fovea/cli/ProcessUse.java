package dev.fovea.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process has used so far, as HotSpot counts it. */
final class ProcessUse {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private ProcessUse() {}

    /** Seconds that processors have worked for it, all threads together. */
    static double processorSeconds() {
        return SYSTEM.getProcessCpuTime() * 1e-9;
    }
}
