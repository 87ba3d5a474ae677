package dev.fovea.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into a request to stop. While one is open the process does not die of them at once: it ends when
 * the work in hand has been brought to an end and {@link #close} is called, and says so, as that may take a while. Its status is the one
 * that the system gives such an end (130, 143).
 */
final class StopRequest implements AutoCloseable {
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Console console;
    private final Thread hook;

    private StopRequest(Console console) {
        this.console = console;
        this.hook = new Thread(this::stop, "fovea-stop");
    }

    /** Listens from now on. */
    static StopRequest listen(Console console) {
        StopRequest request = new StopRequest(console);
        Runtime.getRuntime().addShutdownHook(request.hook);
        return request;
    }

    /** Whether the process is to stop. */
    boolean asked() {
        return asked.get();
    }

    private void stop() {
        if (done.getCount() == 0) {
            return;
        }
        asked.set(true);
        // Behind the progress line, where a terminal shows ^C.
        console.message((console.errIsTerminal() ? System.lineSeparator() : "")
                + "stopping: the step under way, or the test behind an epoch, comes to its end; then a"
                + " checkpoint is written");
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
