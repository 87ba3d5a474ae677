package dev.fovea.runtime.train;

import dev.fovea.runtime.kernels.DeviceFullException;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The losses of a model, bound to its outputs. A step is: {@link #target} for each target, the model's {@code forward}, {@link #loss},
 * {@link #backward}, the model's {@code backward}. Owns memory on the model's device until it is closed, before the model is.
 *
 * <p>The loss is the sum over the terms of weight · (the mean over the batch of the operator's values), so the gradient that each value
 * gets is weight / batch. Where samples are mixed in pairs, a term with a target is bound twice: to the sample's own target, whose share
 * {@link #mix} says, and to the other's, which has the rest.
 *
 * <p>A step allocates nothing, not even before it is compiled: hence it loops by index, without an iterator or a lambda.
 */
public final class Objective implements AutoCloseable {
    private final CompiledModel model;
    private final boolean training;
    private final Map<String, Operand> targets = new LinkedHashMap<>();
    private final Map<String, Operand> others = new LinkedHashMap<>();
    private final List<Term> losses = new ArrayList<>();
    private final List<WithoutLoss> withoutLoss = new ArrayList<>();
    private final List<Memory> targetMemories = new ArrayList<>();
    private final Run run = new Run();
    private int bound;
    private int seededBatch;
    private float share = 1;
    private float seededShare = 1;

    /** A term at work: by the target of the sample, and where samples are mixed by that of the other one. */
    private record Term(BoundLoss own, Optional<BoundLoss> other) {
        /** A penalty has no target to share, and an input that serves as one is mixed itself. */
        float share(float given) {
            return other.isPresent() ? given : 1;
        }

        void seed(int batch, float given) {
            own.seed(batch, share(given));
            if (other.isPresent()) {
                other.get().seed(batch, 1 - given);
            }
        }
    }

    /** The gradient of an output that no loss looks at, and its floats a sample. */
    private record WithoutLoss(Region gradient, int length) {
        void clear(int batch) {
            for (int sample = 0; sample < batch; sample++) {
                gradient.memory().fill(gradient.at(sample), length, 0);
            }
        }
    }

    /**
     * Binds the losses.
     *
     * @param training whether gradients will be asked for; else terms that look at train-only outputs are left out
     * @throws IllegalArgumentException where a loss names an output or target that is not there
     * @throws dev.fovea.runtime.kernels.DeviceException where the device has not the memory or no such kernel
     */
    public Objective(CompiledModel model, List<Target> declared, List<LossTerm> terms, boolean training) {
        this(model, declared, terms, training, false);
    }

    /**
     * The same.
     *
     * @param mixing whether {@link #mix} will be called
     */
    Objective(CompiledModel model, List<Target> declared, List<LossTerm> terms, boolean training, boolean mixing) {
        this.model = model;
        this.training = training;
        try {
            for (Target target : declared) {
                targets.put(target.name(), allocate(target));
                if (mixing) {
                    others.put(target.name(), allocate(target));
                }
            }
            Set<Region> written = new HashSet<>();
            for (LossTerm term : terms) {
                if (training || !output(model, term.output()).trainOnly()) {
                    bind(term, written);
                }
            }
            if (training) {
                collectWithoutLoss(written);
            }
        } catch (RuntimeException e) {
            close();
            throw e instanceof DeviceFullException full ? model.shortage(full) : e;
        }
    }

    /**
     * Copies a target of the batch to the device, sample behind sample; a class is its number. Targets that are inputs of the model lie
     * there already.
     */
    public void target(String name, float[] samples, int batch) {
        write(targets, name, samples, batch);
    }

    /** As {@link #target}: that of the sample which each is mixed with. */
    void otherTarget(String name, float[] samples, int batch) {
        write(others, name, samples, batch);
    }

    private static void write(Map<String, Operand> into, String name, float[] samples, int batch) {
        Operand target = into.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no target `" + name + "` among " + into.keySet());
        }
        Region region = target.value();
        region.memory().write(region.offset(), samples, 0, Math.toIntExact(batch * region.stride()));
    }

    /** Where a target lies on the device: its own memory, or an input of the model that serves as one. */
    Optional<Operand> operand(String name) {
        Operand target = targets.get(name);
        return target != null
                ? Optional.of(target)
                : model.spec().input(name).map(input -> new Operand(input.shape(), model.value(input), null));
    }

    /**
     * Says how much the samples' own targets count in the batches that follow.
     *
     * @param ownShare 1 where nothing is mixed; else {@link #otherTarget} must be set too
     */
    void mix(float ownShare) {
        if (ownShare != 1 && others.isEmpty() && !targets.isEmpty()) {
            throw new IllegalStateException("the losses were bound without a second target");
        }
        share = ownShare;
    }

    /** The loss of the batch that went through the model's {@code forward}; NaN where no term is left. */
    public double loss(int batch) {
        run.set(batch, training, model.options().seed(), model.step());
        double total = losses.isEmpty() ? Double.NaN : 0;
        for (int i = 0; i < losses.size(); i++) {
            Term term = losses.get(i);
            float own = term.share(share);
            total += term.own().forward(run, own);
            if (own != 1) {
                total += term.other().orElseThrow().forward(run, 1 - own);
            }
        }
        return total;
    }

    /** The size of the batch whose loss was asked for last. */
    int batch() {
        return run.batch();
    }

    /**
     * Sets the gradients of all outputs, after {@link #loss} of the same batch; zero for those that no loss looks at.
     *
     * @throws IllegalStateException where it was bound for testing
     */
    public void backward() {
        if (!training) {
            throw new IllegalStateException("the losses were bound for testing");
        }
        int batch = run.batch();
        if (seededBatch != batch || seededShare != share) {
            for (int i = 0; i < losses.size(); i++) {
                losses.get(i).seed(batch, share);
            }
            seededBatch = batch;
            seededShare = share;
        }
        for (int i = 0; i < withoutLoss.size(); i++) {
            withoutLoss.get(i).clear(batch);
        }
        for (int i = 0; i < losses.size(); i++) {
            Term term = losses.get(i);
            term.own().backward(run);
            if (term.share(share) != 1) {
                term.other().orElseThrow().backward(run);
            }
        }
    }

    @Override
    public void close() {
        losses.forEach(term -> {
            term.own().close();
            term.other().ifPresent(BoundLoss::close);
        });
        targetMemories.forEach(Memory::close);
    }

    static Port output(CompiledModel model, String name) {
        return model.spec()
                .output(name)
                .orElseThrow(() -> new IllegalArgumentException(model.spec().name() + " has no output `" + name + "`"));
    }

    private Operand allocate(Target target) {
        long floats = target.shape().size() * model.options().batch();
        Memory memory = model.allocate("target " + target.name(), floats);
        targetMemories.add(memory);
        return new Operand(target.shape(), new Region(memory, 0, target.shape().size()), null);
    }

    private void bind(LossTerm term, Set<Region> written) {
        Port port = output(model, term.output());
        Region gradient = training ? model.gradient(port) : null;
        Operand prediction = new Operand(
                port.shape(),
                model.value(port),
                gradient == null ? null : new Gradient(gradient, !written.add(gradient)));
        boolean isPenalty = term.loss().def().inputs().size() == 1;
        Optional<Operand> target = isPenalty ? Optional.empty() : Optional.of(target(term.target()));
        BoundLoss own = bound(term, prediction, target);
        Operand other = isPenalty ? null : others.get(term.target());
        if (other == null) {
            losses.add(new Term(own, Optional.empty()));
            return;
        }
        try {
            Operand adding = gradient == null
                    ? prediction
                    : new Operand(port.shape(), model.value(port), new Gradient(gradient, true));
            losses.add(new Term(own, Optional.of(bound(term, adding, Optional.of(other)))));
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private BoundLoss bound(LossTerm term, Operand prediction, Optional<Operand> target) {
        return new BoundLoss(
                model.kernels(), term, prediction, target, model.options().batch(), bound++);
    }

    private Operand target(String name) {
        Operand target = targets.get(name);
        return target == null ? input(name) : target;
    }

    private Operand input(String name) {
        Port input = model.spec()
                .input(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no target `" + name
                        + "`, and no such input of " + model.spec().name()));
        return new Operand(input.shape(), model.value(input), null);
    }

    private void collectWithoutLoss(Set<Region> written) {
        for (Port port : model.spec().outputs()) {
            Region gradient = model.gradient(port);
            if (gradient != null && !written.contains(gradient)) {
                withoutLoss.add(
                        new WithoutLoss(gradient, Math.toIntExact(port.shape().size())));
            }
        }
    }
}
