package dev.fovea.runtime.train;

import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.train.Recipe.LossTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One term of a loss at work. Its memory holds, for a full batch: the values, their gradients, and what the operator keeps. */
final class BoundLoss implements AutoCloseable {
    private final LossTerm term;
    private final Kernel kernel;
    private final Memory memory;
    private final int capacity;
    private final boolean differentiable;
    private final float[] values;

    /**
     * @param prediction with the gradient that backward writes, or null for none
     * @param target empty for a penalty
     * @param number of the term, from 0
     */
    BoundLoss(Kernels kernels, LossTerm term, Operand prediction, Optional<Operand> target, int capacity, int number) {
        this.term = term;
        this.capacity = capacity;
        this.values = new float[capacity];
        this.differentiable = prediction.gradient() != null;
        List<Operand> inputs = new ArrayList<>(List.of(prediction));
        target.ifPresent(inputs::add);
        List<Shape> shapes = inputs.stream().map(Operand::shape).toList();
        Saved saved = differentiable ? term.loss().def().saved(term.loss(), shapes, Shape.of(1)) : Saved.NOTHING;
        long floats = (2 + saved.perSample()) * capacity + saved.perBatch();
        this.memory = kernels.allocate("losses", floats);
        try {
            this.kernel = kernels.bind(binding(inputs, saved, number));
        } catch (RuntimeException failed) {
            memory.close();
            throw failed;
        }
    }

    private Binding binding(List<Operand> inputs, Saved saved, int number) {
        Gradient gradient = differentiable ? new Gradient(new Region(memory, capacity, 1), false) : null;
        Region perSample = new Region(memory, 2L * capacity, saved.perSample());
        Region perBatch = new Region(memory, (2 + saved.perSample()) * capacity, 0);
        return new Binding(
                term.loss().name() + "(" + term.output() + (inputs.size() == 1 ? "" : ", " + term.target()) + ")",
                term.loss(),
                Optional.empty(),
                inputs,
                new Operand(Shape.of(1), new Region(memory, 0, 1), gradient),
                List.of(),
                Optional.of(perSample).filter(region -> saved.perSample() > 0),
                Optional.of(perBatch).filter(region -> saved.perBatch() > 0),
                capacity,
                -1 - number);
    }

    /**
     * The weighted mean over the batch. Summed in the samples' order.
     *
     * @param share a further factor, that of the target among several
     */
    double forward(Run run, double share) {
        kernel.forward(run);
        memory.read(0, values, 0, run.batch());
        double sum = 0;
        for (int i = 0; i < run.batch(); i++) {
            sum += values[i];
        }
        return share * term.weight() * (sum / run.batch());
    }

    /** Each value's share in the mean is the gradient that it gets. */
    void seed(int batch, float share) {
        memory.fill(capacity, batch, share * term.weight() / batch);
    }

    double forward(Run run) {
        return forward(run, 1);
    }

    void seed(int batch) {
        seed(batch, 1);
    }

    void backward(Run run) {
        if (differentiable) {
            kernel.backward(run);
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
