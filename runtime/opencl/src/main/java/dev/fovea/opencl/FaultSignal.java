package dev.fovea.opencl;

import org.jspecify.annotations.Nullable;

/**
 * Gives the signal of a memory fault back to Java.
 *
 * <p>Java stops its threads at a safepoint, and finds null pointers, by letting them run into a fault, which its signal handler
 * understands. Drivers built on LLVM (PoCL, others for CPUs and GPUs) put a handler of their own in its place when they are loaded
 * or compile. It is made for one fault: it restores Java's handler and lets the fault happen again. But from its first instruction
 * until then the system knows no handler, and a second thread that faults in that moment, as at a safepoint all do, ends the process
 * without a word.
 *
 * <p>So after a driver was loaded or has compiled, this thread faults on purpose while others are unlikely to. That leaves a driver
 * that compiles while kernels run; what closes the gap entirely is Java's {@code libjsig}, loaded before everything else (Oracle,
 * <i>Java Virtual Machine Guide</i>, "Signal Chaining"), with which the {@code fovea} command is started.
 */
final class FaultSignal {
    private FaultSignal() {}

    /** Faults, and returns with Java's handler in its place; of threads that compile at the same time one after the other. */
    static synchronized void giveBack() {
        try {
            touch(null);
        } catch (NullPointerException intended) {
            return;
        }
        throw new IllegalStateException("a null pointer had a length");
    }

    /** The interpreter and both compilers find the null by the fault as long as it is rare. */
    @SuppressWarnings("NullAway") // the fault is what this is for
    private static int touch(float @Nullable [] nothing) {
        return nothing.length;
    }
}
