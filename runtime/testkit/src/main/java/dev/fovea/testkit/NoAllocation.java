package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.fovea.ops.OpDef;
import dev.fovea.runtime.kernels.Kernels;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * A step of a bound operator takes no memory: counted by the virtual machine, for the calling thread. What it takes itself
 * now and then, to link a call or compile a method, is not held against the operator: one of several series of steps must
 * take nothing.
 */
final class NoAllocation {
    private static final int WARM_UP = 3;
    private static final int STEPS = 10;
    private static final int SERIES = 10;

    private NoAllocation() {}

    static void check(OpDef.Sample sample, Supplier<Kernels> kernels) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        OpCase of = OpCase.of(sample, 1, 20);
        for (Wiring wiring : new Wiring[] {Wiring.TRAINING, Wiring.ACCUMULATING}) {
            try (Kernels device = kernels.get();
                    Rig rig = new Rig(device, of, wiring)) {
                rig.forward(of.inputs(), of.batch(), 0);
                rig.backward(0);
                for (int i = 0; i < WARM_UP; i++) {
                    rig.step();
                }
                long least = Long.MAX_VALUE;
                for (int series = 0; series < SERIES && least > 0; series++) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < STEPS; i++) {
                        rig.step();
                    }
                    least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                }
                assertThat(least)
                        .as("bytes taken in %d steps, %s", STEPS, wiring.name())
                        .isZero();
            }
        }
    }
}
