package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Invocation;
import dev.fovea.compiler.syntax.LabelPath;
import dev.fovea.compiler.syntax.RecipeEntry;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.Token;

/** Builds the entries of recipes. */
final class RecipeBuilder {

    private final Tree tree;
    private final ExpressionBuilder expressions;
    private final StageBuilder labels;

    RecipeBuilder(Tree tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
        this.labels = new StageBuilder(tree, expressions);
    }

    List<RecipeEntry> build(CnnParser.RecipeBodyContext body) {
        return build(body, item -> item instanceof CnnParser.PhaseEntryContext phase ? phase(phase) : entry(item));
    }

    private List<RecipeEntry> build(
            CnnParser.RecipeBodyContext body, Function<CnnParser.RecipeItemContext, RecipeEntry> builder) {
        List<RecipeEntry> entries = new ArrayList<>();
        new BrokenParts<>(tree, CnnParser.RecipeItemContext.class, Landing.ENTRIES, builder, RecipeEntry.Broken::new)
                .read(body)
                .forEach(part -> entries.add(part.value()));
        return entries;
    }

    /** Reports the faults in those entries of a recipe that could be parsed. */
    void check(CnnParser.RecipeBodyContext body) {
        build(body);
    }

    private RecipeEntry phase(CnnParser.PhaseEntryContext phase) {
        List<RecipeEntry> entries = build(
                phase.recipeBody(),
                item -> item instanceof CnnParser.PhaseEntryContext inner ? nested(inner, phase) : entry(item));
        return new RecipeEntry.Phase(tree.identifier(phase.identifier()), entries, tree.span(phase));
    }

    /** The word of another entry, on a line of its own, that was taken for what this one needs: the words are names, too. */
    private Optional<Token> swallowed(CnnParser.RecipeItemContext item) {
        Token opener = item.getStart();
        for (int i = opener.getTokenIndex() + 1; i < item.getStop().getTokenIndex() + 1; i++) {
            Token next = tree.tokens().get(i);
            if (next.getChannel() == Token.DEFAULT_CHANNEL) {
                boolean isEntry = next.getLine() > opener.getLine() && Landing.opensEntry(next.getType());
                return isEntry ? Optional.of(next) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private RecipeEntry nested(CnnParser.PhaseEntryContext inner, CnnParser.PhaseEntryContext outer) {
        tree.report(
                inner,
                Diagnostic.of(Code.NESTED_PHASE, tree.span(inner.getStart()), "a phase cannot hold a phase")
                        .related(tree.span(outer.identifier()), "the phase around it")
                        .help("phases run in the order in which they stand; close this one first"));
        return new RecipeEntry.Broken(Set.of(), tree.span(inner));
    }

    private RecipeEntry entry(CnnParser.RecipeItemContext item) {
        Span span = tree.span(item);
        Optional<Token> swallowed = swallowed(item);
        if (swallowed.isPresent()) {
            Token opener = item.getStart();
            int end = opener.getStopIndex() + 1;
            tree.report(
                    item,
                    Diagnostic.of(
                            Code.INCOMPLETE_ENTRY, tree.source().span(end, end), EntryWords.missing(opener.getType())));
            return new RecipeEntry.Broken(tree.words(opener, item.getStop()), span);
        }
        if (item instanceof CnnParser.TargetEntryContext target) {
            return new RecipeEntry.Target(tree.identifier(target.identifier()), targetType(target), span);
        }
        if (item instanceof CnnParser.LossEntryContext loss) {
            return new RecipeEntry.Loss(expressions.build(loss.expression()), span);
        }
        if (item instanceof CnnParser.OptimizerEntryContext optimizer) {
            return new RecipeEntry.Optimizer(expressions.invocation(optimizer.invocation()), span);
        }
        if (item instanceof CnnParser.ScheduleEntryContext schedule) {
            return new RecipeEntry.Schedule(expressions.invocation(schedule.invocation()), span);
        }
        if (item instanceof CnnParser.BatchEntryContext batch) {
            return new RecipeEntry.Batch(expressions.build(batch.expression()), span);
        }
        if (item instanceof CnnParser.EpochsEntryContext epochs) {
            return new RecipeEntry.Epochs(expressions.build(epochs.expression()), span);
        }
        if (item instanceof CnnParser.SeedEntryContext seed) {
            return new RecipeEntry.Seed(expressions.build(seed.expression()), span);
        }
        if (item instanceof CnnParser.AugmentEntryContext augment) {
            return new RecipeEntry.Augment(
                    tree.identifier(augment.identifier()), invocations(augment.invocation()), span);
        }
        if (item instanceof CnnParser.MetricEntryContext metric) {
            return new RecipeEntry.Metric(invocations(metric.invocation()), span);
        }
        return rarer(item, span);
    }

    private RecipeEntry rarer(CnnParser.RecipeItemContext item, Span span) {
        if (item instanceof CnnParser.FreezeEntryContext freeze) {
            return new RecipeEntry.Freeze(layers(freeze.layers()), span);
        }
        if (item instanceof CnnParser.ClipEntryContext clip) {
            return new RecipeEntry.Clip(expressions.invocation(clip.invocation()), span);
        }
        if (item instanceof CnnParser.PrecisionEntryContext precision) {
            return new RecipeEntry.Precision(tree.identifier(precision.identifier()), span);
        }
        if (item instanceof CnnParser.InitEntryContext init) {
            List<LabelPath> layers = init.layers() == null ? List.of() : layers(init.layers());
            return new RecipeEntry.Init(expressions.invocation(init.invocation()), layers, span);
        }
        if (item instanceof CnnParser.CheckpointEntryContext checkpoint) {
            return new RecipeEntry.Checkpoint(expressions.invocation(checkpoint.invocation()), span);
        }
        return ofTraining(item, span);
    }

    private RecipeEntry ofTraining(CnnParser.RecipeItemContext item, Span span) {
        if (item instanceof CnnParser.StopEntryContext stop) {
            return new RecipeEntry.Stop(expressions.invocation(stop.invocation()), span);
        }
        if (item instanceof CnnParser.KeepEntryContext keep) {
            return new RecipeEntry.Keep(expressions.invocation(keep.invocation()), span);
        }
        if (item instanceof CnnParser.AccumulateEntryContext accumulate) {
            return new RecipeEntry.Accumulate(expressions.build(accumulate.expression()), span);
        }
        if (item instanceof CnnParser.AverageEntryContext average) {
            return new RecipeEntry.Average(expressions.invocation(average.invocation()), span);
        }
        CnnParser.LayerwiseEntryContext layerwise = (CnnParser.LayerwiseEntryContext) item;
        return new RecipeEntry.Layerwise(
                expressions.invocation(layerwise.invocation()), layers(layerwise.layers()), span);
    }

    private List<Invocation> invocations(List<CnnParser.InvocationContext> contexts) {
        return contexts.stream().map(expressions::invocation).toList();
    }

    private List<LabelPath> layers(CnnParser.LayersContext context) {
        return context.layerPath().stream().map(labels::path).toList();
    }

    private RecipeEntry.TargetType targetType(CnnParser.TargetEntryContext target) {
        Expression written = expressions.operations().build(target.operation());
        if (written instanceof Expression.ListLiteral shape) {
            return new RecipeEntry.TensorTarget(shape, written.span());
        }
        Optional<RecipeEntry.TargetType> classes = classes(written);
        if (classes.isEmpty()) {
            tree.report(
                    target,
                    Diagnostic.of(
                                    Code.MALFORMED_TARGET,
                                    written.span(),
                                    "a target is `class(n)`, `class(n, [H, W])` or a shape")
                            .help("write `class(10)` for one of ten classes, `[784]` for 784 numbers"));
        }
        return classes.orElseGet(() -> new RecipeEntry.ClassTarget(written, Optional.empty(), written.span()));
    }

    private static Optional<RecipeEntry.TargetType> classes(Expression written) {
        boolean call = written instanceof Expression.Call classes
                && classes.callee() instanceof Expression.Name name
                && name.name().equals("class")
                && (classes.arguments().size() == 1 || classes.arguments().size() == 2)
                && classes.arguments().stream()
                        .noneMatch(argument -> argument.name().isPresent());
        if (!call) {
            return Optional.empty();
        }
        Expression.Call classes = (Expression.Call) written;
        Expression count = classes.arguments().get(0).value();
        if (classes.arguments().size() == 1) {
            return Optional.of(new RecipeEntry.ClassTarget(count, Optional.empty(), written.span()));
        }
        return classes.arguments().get(1).value() instanceof Expression.ListLiteral positions
                ? Optional.of(new RecipeEntry.ClassTarget(count, Optional.of(positions), written.span()))
                : Optional.empty();
    }
}
