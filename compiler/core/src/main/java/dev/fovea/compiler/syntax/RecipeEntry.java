package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An entry of a training recipe or of one of its phases. */
public sealed interface RecipeEntry extends Node {

    /**
     * What holds a fault of syntax, already reported: an entry, or words between two. Whatever depends on it is no fault.
     *
     * @param words the names in it, which it may have defined or read
     * @param span what was read of it
     */
    record Broken(Set<String> words, Span span) implements RecipeEntry {

        public Broken {
            words = Collections.unmodifiableSet(new LinkedHashSet<>(words));
        }
    }

    /**
     * {@code target label: class(10)}.
     *
     * @param name its name
     * @param type what it holds
     * @param span all of it
     */
    record Target(Identifier name, TargetType type, Span span) implements RecipeEntry {}

    /**
     * {@code loss cross_entropy(logits, label) + 0.3 * l1(code)}.
     *
     * @param value the loss; the names in its calls are outputs, targets and inputs
     * @param span all of it
     */
    record Loss(Expression value, Span span) implements RecipeEntry {}

    /**
     * {@code optimizer sgd(lr=0.05, momentum=0.9)}.
     *
     * @param optimizer which one
     * @param span all of it
     */
    record Optimizer(Invocation optimizer, Span span) implements RecipeEntry {}

    /**
     * {@code schedule cosine(warmup_epochs=1)}.
     *
     * @param schedule which one
     * @param span all of it
     */
    record Schedule(Invocation schedule, Span span) implements RecipeEntry {}

    /**
     * {@code batch 64}.
     *
     * @param size samples in a batch
     * @param span all of it
     */
    record Batch(Expression size, Span span) implements RecipeEntry {}

    /**
     * {@code epochs 5}.
     *
     * @param count passes over the data
     * @param span all of it
     */
    record Epochs(Expression count, Span span) implements RecipeEntry {}

    /**
     * {@code seed 1}.
     *
     * @param value the seed of all random numbers
     * @param span all of it
     */
    record Seed(Expression value, Span span) implements RecipeEntry {}

    /**
     * {@code augment image -> shift(2) -> flip_horizontal}.
     *
     * @param input the input whose samples are changed
     * @param steps the changes in order, at least one
     * @param span all of it
     */
    record Augment(Identifier input, List<Invocation> steps, Span span) implements RecipeEntry {

        public Augment {
            steps = List.copyOf(steps);
        }
    }

    /**
     * {@code metric accuracy(logits, label), top_k(logits, label, k=5)}.
     *
     * @param metrics what is measured, at least one
     * @param span all of it
     */
    record Metric(List<Invocation> metrics, Span span) implements RecipeEntry {

        public Metric {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * {@code freeze enc1, layer1.0}.
     *
     * @param layers labels or the beginnings of labels, at least one
     * @param span all of it
     */
    record Freeze(List<LabelPath> layers, Span span) implements RecipeEntry {

        public Freeze {
            layers = List.copyOf(layers);
        }
    }

    /**
     * {@code clip norm(1.0)}.
     *
     * @param rule how gradients are clipped
     * @param span all of it
     */
    record Clip(Invocation rule, Span span) implements RecipeEntry {}

    /**
     * {@code precision float32}.
     *
     * @param type the element type of the computation
     * @param span all of it
     */
    record Precision(Identifier type, Span span) implements RecipeEntry {}

    /**
     * {@code init he_normal} or {@code init normal(0, 0.01) on fc1, fc2}.
     *
     * @param initialiser which one
     * @param layers labels or the beginnings of labels; empty for all layers
     * @param span all of it
     */
    record Init(Invocation initialiser, List<LabelPath> layers, Span span) implements RecipeEntry {

        public Init {
            layers = List.copyOf(layers);
        }
    }

    /**
     * {@code stop early(metric="accuracy", patience=5)}.
     *
     * @param rule when the phase ends before its last epoch
     * @param span all of it
     */
    record Stop(Invocation rule, Span span) implements RecipeEntry {}

    /**
     * {@code keep best(metric="accuracy")}.
     *
     * @param rule which epoch's weights the phase ends with
     * @param span all of it
     */
    record Keep(Invocation rule, Span span) implements RecipeEntry {}

    /**
     * {@code accumulate 4}.
     *
     * @param batches whose gradients together move the parameters
     * @param span all of it
     */
    record Accumulate(Expression batches, Span span) implements RecipeEntry {}

    /**
     * {@code average ema(decay=0.999)}.
     *
     * @param rule how the weights are averaged over the updates
     * @param span all of it
     */
    record Average(Invocation rule, Span span) implements RecipeEntry {}

    /**
     * {@code checkpoint every(epochs=5)}.
     *
     * @param rule when a checkpoint is kept
     * @param span all of it
     */
    record Checkpoint(Invocation rule, Span span) implements RecipeEntry {}

    /**
     * {@code layerwise denoising_autoencoder(corruption=0.3) on enc1, enc2}.
     *
     * @param method how a layer is trained
     * @param layers the layers in order, at least one
     * @param span all of it
     */
    record Layerwise(Invocation method, List<LabelPath> layers, Span span) implements RecipeEntry {

        public Layerwise {
            layers = List.copyOf(layers);
        }
    }

    /**
     * {@code phase pretrain { … }}.
     *
     * @param name its name
     * @param entries its entries in order, no phases among them
     * @param span all of it
     */
    record Phase(Identifier name, List<RecipeEntry> entries, Span span) implements RecipeEntry {

        public Phase {
            entries = List.copyOf(entries);
        }
    }

    /** What a target holds. */
    sealed interface TargetType extends Node {}

    /**
     * {@code class(n)} or {@code class(n, [H, W])}.
     *
     * @param count how many classes there are
     * @param positions the sizes of the map, where each of its positions has a class
     * @param span all of it
     */
    record ClassTarget(Expression count, Optional<Expression.ListLiteral> positions, Span span) implements TargetType {}

    /**
     * {@code [784]}: numbers of that shape.
     *
     * @param shape the sizes of the shape, without the batch axis
     * @param span all of it
     */
    record TensorTarget(Expression.ListLiteral shape, Span span) implements TargetType {}
}
