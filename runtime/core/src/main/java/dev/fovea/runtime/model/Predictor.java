package dev.fovea.runtime.model;

import dev.fovea.runtime.InputException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Predicts from any number of threads on one set of weights. Each call borrows a model of its own, whose memory is that between its layers
 * alone; there are at most as many as calls were under way at once, and no more than a limit.
 *
 * <pre>{@code
 * try (Predictor predictor = Predictor.load(LeNet5.builder().batch(8), Path.of("lenet5.safetensors"))) {
 *   float[] scores = predictor.predict(image); // from any thread
 * }
 * }</pre>
 *
 * <p>The results are those of {@link CompiledModel#predict}, bit by bit, whatever the other threads do. On a device whose memory only one model
 * can use, calls wait for each other.
 */
public final class Predictor implements AutoCloseable {
    private final ModelBuilder<? extends CompiledModel> builder;
    private final CompiledModel original;
    private final int most;
    private final Deque<CompiledModel> free = new ArrayDeque<>();
    private final List<CompiledModel> all = new ArrayList<>();
    private boolean closed;

    private Predictor(ModelBuilder<? extends CompiledModel> builder, CompiledModel original, int most) {
        this.builder = builder;
        this.original = original;
        this.most = original.kernels().sharesMemory() ? most : 1;
        all.add(original);
        free.push(original);
    }

    /**
     * A predictor with at most as many models as there are processors.
     *
     * @throws InputException where the file of weights cannot be read or is another model's
     */
    public static Predictor load(ModelBuilder<? extends CompiledModel> builder, Path weights) throws InputException {
        return load(builder, weights, Runtime.getRuntime().availableProcessors());
    }

    /**
     * A predictor with a limit.
     *
     * @param builder for the device and the batch; each model computes on the thread that calls
     * @param most the models at most, at least 1: further calls wait
     * @throws InputException where the file of weights cannot be read or is another model's
     */
    public static Predictor load(ModelBuilder<? extends CompiledModel> builder, Path weights, int most)
            throws InputException {
        if (most < 1) {
            throw new IllegalArgumentException("a predictor has at least 1 model, not " + most);
        }
        builder.threads(1).inference();
        CompiledModel original = builder.build();
        try {
            original.load(weights);
        } catch (InputException | RuntimeException e) {
            original.close();
            throw e;
        }
        return new Predictor(builder, original, most);
    }

    /**
     * The first output that is not train-only, for samples of the only input.
     *
     * @param samples a whole number of samples, any number: what is more than the batch goes in several
     * @return the output's values, one sample behind the other
     * @throws IllegalStateException after {@link #close}, or where the thread is interrupted while it waits
     */
    public float[] predict(float[] samples) {
        CompiledModel model = borrow();
        try {
            int most = Math.multiplyExact(
                    model.options().batch(),
                    Math.toIntExact(model.spec().inputs().get(0).shape().size()));
            if (samples.length <= most) {
                return model.predict(samples);
            }
            float[] first = model.predict(Arrays.copyOf(samples, most));
            int each = first.length / model.options().batch();
            int count = samples.length / (most / model.options().batch());
            float[] results = Arrays.copyOf(first, Math.multiplyExact(count, each));
            for (int from = most; from < samples.length; from += most) {
                float[] part = model.predict(Arrays.copyOfRange(samples, from, Math.min(samples.length, from + most)));
                System.arraycopy(part, 0, results, from / most * first.length, part.length);
            }
            return results;
        } finally {
            giveBack(model);
        }
    }

    /** How many models there are. */
    public synchronized int models() {
        return all.size();
    }

    private synchronized CompiledModel borrow() {
        while (true) {
            if (closed) {
                throw new IllegalStateException("the predictor is closed");
            }
            if (!free.isEmpty()) {
                return free.pop();
            }
            if (all.size() < most) {
                CompiledModel another = builder.buildOn(original);
                all.add(another);
                return another;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a model", e);
            }
        }
    }

    private synchronized void giveBack(CompiledModel model) {
        free.push(model);
        notifyAll();
    }

    /** Waits for the calls under way, then frees all memory. */
    @Override
    public synchronized void close() {
        closed = true;
        boolean interrupted = false;
        while (free.size() < all.size()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        // those that stand on the weights of the first go before it
        for (int i = all.size() - 1; i >= 0; i--) {
            all.get(i).close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
