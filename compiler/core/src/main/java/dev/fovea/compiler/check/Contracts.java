package dev.fovea.compiler.check;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.elaborate.Draft.Contract;
import dev.fovea.compiler.elaborate.Evaluation;
import dev.fovea.compiler.elaborate.Figures;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.resolve.Quantities;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Statement.Expect;
import dev.fovea.compiler.syntax.Unit;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Limit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds a model to its {@code expect}s. */
final class Contracts {
    private static final Attribute BATCH = new Attribute(
            "batch", AttributeType.INT, Optional.of(1), Optional.empty(), Limit.AT_LEAST_ONE, "samples in a batch");

    /** The time that a plan takes grows with the square of the layers; the deepest networks in use have some thousand. */
    private static final int MOST_PLANNED = 8_000;

    private static final List<String> AXES = List.of("channels", "height", "width");

    private final Measured measured;
    private final Graph graph;
    private final MemoryMeter memory;
    private final Evaluation evaluation;

    /** What is worked out once for all contracts of a model, where one asks for it. */
    private static final class Measured {
        private final Draft draft;
        private final Graph graph;
        private @Nullable Costs costs;
        private @Nullable ReceptiveFields fields;
        private boolean isRefused;

        private Measured(Draft draft, Graph graph) {
            this.draft = draft;
            this.graph = graph;
        }

        private Costs costs() {
            if (costs == null) {
                costs = Costs.of(graph);
            }
            return costs;
        }

        private ReceptiveFields fields() {
            if (fields == null) {
                fields = ReceptiveFields.of(draft.nodes());
            }
            return fields;
        }
    }

    private Contracts(Measured measured, Graph graph, MemoryMeter memory, Evaluation evaluation) {
        this.measured = measured;
        this.graph = graph;
        this.memory = memory;
        this.evaluation = evaluation;
    }

    /** Reports those that are broken. */
    static void check(Draft draft, Graph graph, MemoryMeter memory) {
        Measured measured = new Measured(draft, graph);
        for (Contract contract : draft.contracts()) {
            new Contracts(measured, graph, memory, contract.evaluation()).check(contract.expect());
        }
    }

    private void check(Expect expect) {
        Value bound = evaluation.evaluate(expect.bound());
        String quantity = expect.quantity().name().name();
        if (bound.isUnknown()) {
            return;
        }
        switch (quantity) {
            case Quantities.PARAMETERS -> compare(expect, measured.costs().parameters(), bound);
            case Quantities.MACS -> compare(expect, measured.costs().macs(), bound);
            case Quantities.RECEPTIVE_FIELD ->
                tensor(expect).ifPresent(tensor -> receptiveField(expect, tensor, bound));
            case Quantities.SHAPE -> tensor(expect).ifPresent(tensor -> shape(expect, tensor, bound));
            case Quantities.MEMORY -> memory(expect, bound);
            default -> {
                // Not a quantity: the name checker has said so.
            }
        }
    }

    private void compare(Expect expect, long measured, Value bound) {
        requireNumber(expect, bound).ifPresent(limit -> {
            if (!holds(expect.comparison(), BigDecimal.valueOf(measured), limit)) {
                evaluation.report(ContractFaults.broken(
                        expect, Figures.grouped(measured), Figures.more(BigDecimal.valueOf(measured), limit)));
            }
        });
    }

    private void receptiveField(Expect expect, Value.Tensor tensor, Value bound) {
        ReceptiveFields fields = measured.fields();
        long rows = fields.rows(tensor.node());
        long columns = fields.columns(tensor.node());
        requireNumber(expect, bound).ifPresent(limit -> {
            boolean holds = holds(expect.comparison(), BigDecimal.valueOf(rows), limit)
                    && holds(expect.comparison(), BigDecimal.valueOf(columns), limit);
            if (!holds) {
                String measured = rows == columns ? Long.toString(rows) : "(" + rows + ", " + columns + ")";
                boolean rowsHold = holds(expect.comparison(), BigDecimal.valueOf(rows), limit);
                evaluation.report(ContractFaults.broken(
                        expect, measured, Figures.more(BigDecimal.valueOf(rowsHold ? columns : rows), limit)));
            }
        });
    }

    private void shape(Expect expect, Value.Tensor tensor, Value bound) {
        List<Value> extents = tensor.shape().extents().stream()
                .<Value>map(extent -> new Value.Int(extent))
                .toList();
        boolean equals = expect.comparison() == BinaryOperator.EQUAL;
        if (!(bound instanceof Value.Items items) || (!equals && expect.comparison() != BinaryOperator.NOT_EQUAL)) {
            evaluation.report(ContractFaults.form(
                    expect.span(), "a shape is compared with `==` or `!=`, as in `shape(x) == [64, 56, 56]`"));
        } else if (items.elements().equals(extents) != equals) {
            Diagnostic.Builder fault =
                    ContractFaults.broken(expect, tensor.shape().toString(), "");
            for (int i = 0;
                    equals && i < Math.min(extents.size(), items.elements().size());
                    i++) {
                if (!extents.get(i).equals(items.elements().get(i))) {
                    fault.note(axis(i, extents.size()) + ": expected "
                            + ValueText.of(items.elements().get(i)) + ", is " + ValueText.of(extents.get(i)));
                }
            }
            evaluation.report(fault);
        }
    }

    private static String axis(int index, int rank) {
        return rank == AXES.size() ? AXES.get(index) : "axis " + index;
    }

    private void memory(Expect expect, Value bound) {
        List<Argument> arguments = expect.quantity().arguments();
        Span at = expect.quantity().span();
        String mode =
                !arguments.isEmpty() && arguments.get(0).value() instanceof Expression.Name word ? word.name() : "";
        if (!arguments.isEmpty()
                && arguments.get(0).value() instanceof Expression.Name
                && !Quantities.MODES.contains(mode)) {
            // Not a mode: the name checker has said so.
            return;
        }
        boolean wellFormed = Quantities.MODES.contains(mode)
                && arguments.subList(1, arguments.size()).stream().allMatch(Contracts::isBatch)
                && arguments.size() <= 2;
        if (!wellFormed) {
            evaluation.report(ContractFaults.form(at, "written as `memory(train, batch=64)` or `memory(infer)`"));
            return;
        }
        Optional<Object> batch = arguments.size() < 2
                ? Optional.of(1)
                : evaluation.evaluate(arguments.get(1).value(), BATCH);
        if (graph.nodes().size() > MOST_PLANNED) {
            if (!measured.isRefused) {
                measured.isRefused = true;
                evaluation.report(ContractFaults.tooManyToPlan(at, graph.nodes().size(), MOST_PLANNED));
            }
            return;
        }
        batch.ifPresent(size -> {
            long bytes = mode.equals("train")
                    ? memory.trainingBytes(graph, (Integer) size, slots())
                    : memory.inferenceBytes(graph, (Integer) size);
            memory(expect, bytes, bound);
        });
    }

    private void memory(Expect expect, long bytes, Value bound) {
        requireNumber(expect, bound).ifPresent(limit -> {
            if (!holds(expect.comparison(), BigDecimal.valueOf(bytes), limit)) {
                Unit unit = expect.unit().orElse(Unit.MEBIBYTE);
                BigDecimal size = BigDecimal.valueOf(unit.bytes());
                BigDecimal shown = BigDecimal.valueOf(bytes).divide(size, 2, RoundingMode.HALF_UP);
                BigDecimal exactly = BigDecimal.valueOf(bytes);
                BigDecimal apart = exactly.subtract(limit).divide(size, 2, RoundingMode.HALF_UP);
                String difference = apart.signum() == 0
                        ? Figures.more(exactly, limit, "bytes")
                        : Figures.more(apart, BigDecimal.ZERO, unit.symbol());
                evaluation.report(ContractFaults.broken(
                        expect, shown + " " + unit.symbol() + " (" + Figures.grouped(bytes) + " bytes)", difference));
            }
        });
    }

    private static boolean isBatch(Argument argument) {
        return argument.name().filter(name -> name.name().equals("batch")).isPresent();
    }

    /** The state of the optimizer that trains the model by default. */
    private int slots() {
        return graph.recipes().stream()
                .flatMap(recipe -> recipe.phases().stream())
                .mapToInt((Recipe.Phase phase) ->
                        phase.optimizer().slots() + phase.regime().slots())
                .max()
                .orElse(0);
    }

    private Optional<Value.Tensor> tensor(Expect expect) {
        List<Argument> arguments = expect.quantity().arguments();
        boolean named = arguments.size() == 1
                && arguments.get(0).name().isEmpty()
                && arguments.get(0).value() instanceof Expression.Name;
        if (named) {
            Value value = evaluation.evaluate(arguments.get(0).value());
            if (value instanceof Value.Tensor tensor) {
                return Optional.of(tensor);
            }
            if (value.isUnknown()) {
                return Optional.empty();
            }
        }
        String quantity = expect.quantity().name().name();
        evaluation.report(ContractFaults.form(
                expect.quantity().span(), "needs the name of a tensor, as in `" + quantity + "(features)`"));
        return Optional.empty();
    }

    private Optional<BigDecimal> requireNumber(Expect expect, Value bound) {
        BigDecimal unit = BigDecimal.valueOf(expect.unit().map(Unit::bytes).orElse(1L));
        if (bound instanceof Value.Int number) {
            return Optional.of(BigDecimal.valueOf(number.value()).multiply(unit));
        }
        if (bound instanceof Value.Real number) {
            return Optional.of(new BigDecimal(number.value()).multiply(unit));
        }
        evaluation.report(
                ContractFaults.form(expect.bound().span(), "must be a number, is " + ValueText.described(bound)));
        return Optional.empty();
    }

    private static boolean holds(BinaryOperator comparison, BigDecimal measured, BigDecimal bound) {
        int order = measured.compareTo(bound);
        return switch (comparison) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
        };
    }
}
