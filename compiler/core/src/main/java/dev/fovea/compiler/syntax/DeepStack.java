package dev.fovea.compiler.syntax;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Runs what recurses over a syntax tree on a stack large enough for the deepest tree that the parser lets through, so that
 * no text overflows it whatever stack the caller has left.
 */
public final class DeepStack {

    /** Virtual memory, of which only what is used becomes real. */
    private static final long BYTES = 256L << 20;

    private DeepStack() {}

    /**
     * The value of a computation. What it throws comes out of this call. On a stack that is deep already it runs where it
     * is, so that calls may be inside one another.
     */
    public static <T> T call(Supplier<T> computation) {
        if (Thread.currentThread() instanceof DeepThread) {
            return computation.get();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        new DeepThread(() -> {
                    try {
                        result.complete(computation.get());
                    } catch (RuntimeException | Error thrown) {
                        result.completeExceptionally(thrown);
                    }
                })
                .start();
        try {
            return result.join();
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (wrapped.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw wrapped;
        }
    }

    private static final class DeepThread extends Thread {

        DeepThread(Runnable task) {
            super(null, task, "fovea-compiler", BYTES);
            setDaemon(true);
        }
    }
}
