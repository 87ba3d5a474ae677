package dev.fovea.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into a request to stop. While one is open the process does not die of them at once: it ends when
 * the work in hand has been brought to an end and {@link #close} is called, with the status that the system gives such an end (130, 143).
 */
final class StopRequest implements AutoCloseable {
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "fovea-stop");

    private StopRequest() {}

    /** Listens from now on. */
    static StopRequest listen() {
        StopRequest request = new StopRequest();
        Runtime.getRuntime().addShutdownHook(request.hook);
        return request;
    }

    /** Whether the process is to stop. */
    boolean asked() {
        return asked.get();
    }

    private void stop() {
        asked.set(true);
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        if (!asked.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                asked.set(true); // the process has just begun to end; the hook returns at once
            }
        }
    }
}
