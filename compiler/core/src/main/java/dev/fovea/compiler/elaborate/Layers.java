package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Borrowed;
import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The layers of a model in the making: adds operators to tensors, works out shapes and parameters. */
final class Layers {
    /** A tensor of this size or more, per sample, is refused: offsets are ints. */
    private static final long TOO_LARGE = 1L << 31;

    /** What a layer and a parameter take, their names left aside; a parameter also for the time it takes. */
    private static final long ROOM_OF_LAYER = 110;

    private static final long ROOM_OF_PARAMETER = 3_000;

    private static final long ROOM_OF_LABEL = 70;

    private final Faults faults;
    private final Budget budget;
    private final boolean isExact;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Integer> stated = new HashSet<>();
    private final Map<String, String> noteTexts = new HashMap<>();
    private final LayerParameters parameters;
    private final LayerWarnings warnings;
    private boolean incomplete;
    private long macs;

    /**
     * No layers yet.
     *
     * @param isExact whether the model's windows may leave no remainder, see {@link OpDef#requireExact}
     */
    Layers(Faults faults, Budget budget, boolean isExact) {
        this.faults = faults;
        this.budget = budget;
        this.isExact = isExact;
        this.parameters = new LayerParameters(faults);
        this.warnings = new LayerWarnings(faults, nodes);
    }

    List<Node> nodes() {
        return nodes;
    }

    List<GraphParameter> parameters() {
        return parameters.all();
    }

    /** An input of the model. */
    Value.Tensor input(String name, Shape shape, Span span) {
        nodes.add(new InputNode(nodes.size(), name, shape, span));
        return new Value.Tensor(nodes.size() - 1, shape);
    }

    /** A tensor whose shape an author has stated, where the true one is another or unknown. */
    Value.Tensor stated(Shape shape, Span span) {
        stated.add(nodes.size());
        return input("", shape, span);
    }

    /** Notes that layers may be missing, for a part of a body could not be read. */
    void markIncomplete() {
        incomplete = true;
    }

    /** Whether layers may be missing, or a stated shape stands in for one that was at fault. */
    boolean isIncomplete() {
        return incomplete || !stated.isEmpty();
    }

    /** Where a tensor comes from, for a message about a place: {@code [16, 5, 5], from maxpool on line 8}. */
    String origin(Value.Tensor tensor, Span reader) {
        Node node = nodes.get(tensor.node());
        String what = "from " + (node instanceof OpNode layer ? layer.op().name() : "`" + node.name() + "`");
        if (stated.contains(tensor.node())) {
            what = "as stated";
        }
        return tensor.shape() + ", " + what + " " + Places.line(node.span(), reader);
    }

    /** The layer that has a label in the scope of a context. */
    Optional<Value.Layer> labelled(String label, Context context) {
        return context.names().labelled(label).map(id -> layer((OpNode) nodes.get(id)));
    }

    private Value.Layer layer(OpNode node) {
        return new Value.Layer(
                node.name(),
                node.op(),
                node.inputs().stream()
                        .map(id -> new Value.Tensor(id, nodes.get(id).shape()))
                        .toList());
    }

    /** The operator whose output a tensor is. */
    Optional<OpNode> maker(Value.Tensor tensor) {
        return nodes.get(tensor.node()) instanceof OpNode layer ? Optional.of(layer) : Optional.empty();
    }

    /** Says what can only be said of the whole. */
    void finish() {
        if (!incomplete) {
            warnings.finish();
        }
    }

    /** Adds an operator; {@link Value.Unknown} when it does not fit. */
    Value add(Op op, List<Value.Tensor> inputs, Optional<String> label, Span at, Context context) {
        budget.operator(at);
        budget.steps(inputs.size());
        OpDef<?> def = op.def();
        if (def.has(Trait.LOSS)) {
            faults.report(ShapeFaults.lossInModel(def.name(), at), context.path());
            return Value.unknown();
        }
        List<Shape> shapes = shapes(inputs);
        Notes notes = new Notes(at, inputs, context);
        try {
            if (isExact) {
                def.infer(op, shapes, Findings.NONE); // what is an error is not a warning as well
                def.requireExact(op, shapes);
            }
            Shape output = def.infer(op, shapes, notes);
            require(output, at);
            String name = context.names().name(label, def.name());
            List<Parameter> owned = def.parameters(op, shapes, output);
            for (Parameter parameter : owned) {
                require(parameter.shape(), at);
            }
            macs = Math.addExact(macs, def.macs(op, shapes, output));
            long room = ROOM_OF_LAYER + (label.isPresent() ? ROOM_OF_LABEL : 0);
            budget.room(room + name.length() + owned.size() * (ROOM_OF_PARAMETER + name.length()), at);
            List<Integer> places = parameters.add(name, owned, def.borrowed(op), at, context);
            int id = nodes.size();
            OpNode layer = new OpNode(
                    id,
                    name,
                    op,
                    ids(inputs),
                    output,
                    places,
                    false,
                    notes.texts(),
                    at,
                    context.path().blockCalls());
            nodes.add(layer);
            label.ifPresent(text -> context.names().label(text, id));
            warnings.added(layer, withoutBorrowed(owned, def.borrowed(op)), context);
            return new Value.Tensor(id, output);
        } catch (Misfit misfit) {
            report(withInputs(ShapeFaults.misfit(misfit, at), inputs, at), context);
        } catch (BadValue bad) {
            report(withInputs(bad.at(at), inputs, at), context);
        } catch (ArithmeticException overflow) {
            report(withInputs(ShapeFaults.uncountable(def.name(), at), inputs, at), context);
        }
        return Value.unknown();
    }

    private void report(Diagnostic.Builder fault, Context context) {
        faults.report(faults.isKnown(fault) ? fault : Provenance.explain(fault, context), context.path());
        budget.steps(Budget.FAULT);
    }

    private static List<Parameter> withoutBorrowed(List<Parameter> all, Optional<Borrowed> borrowed) {
        return borrowed.isEmpty()
                ? all
                : all.stream()
                        .filter(parameter ->
                                !parameter.name().equals(borrowed.get().parameter()))
                        .toList();
    }

    private static List<Shape> shapes(List<Value.Tensor> inputs) {
        return inputs.size() == 1
                ? List.of(inputs.get(0).shape())
                : inputs.stream().map(Value.Tensor::shape).toList();
    }

    private static List<Integer> ids(List<Value.Tensor> inputs) {
        return inputs.size() == 1
                ? List.of(inputs.get(0).node())
                : inputs.stream().map(Value.Tensor::node).toList();
    }

    /** Adds a note for each input that tells its shape and where it is from. */
    Diagnostic.Builder withInputs(Diagnostic.Builder fault, List<Value.Tensor> inputs, Span at) {
        for (int i = 0; i < Math.min(inputs.size(), 8); i++) {
            String which = inputs.size() == 1 ? "input: " : "input " + (i + 1) + ": ";
            fault.note(which + origin(inputs.get(i), at));
            if (nodes.get(inputs.get(i).node()) instanceof InputNode input && !stated.contains(input.id())) {
                ShapeFaults.otherLayout(input.shape()).ifPresent(fault::help);
            }
        }
        return fault;
    }

    /** Refuses what is too large to be computed. */
    static void require(Shape shape, Span at) throws BadValue {
        double size = 1;
        for (int axis = 0; axis < shape.rank(); axis++) {
            size *= shape.extent(axis);
        }
        if (size >= TOO_LARGE) {
            throw ShapeFaults.tooLarge(shape, size);
        }
    }

    /** Takes what a shape rule says that is no fault. */
    private final class Notes implements Findings {
        private final Span at;
        private final List<Value.Tensor> inputs;
        private final Context context;
        private @Nullable List<String> texts;

        private Notes(Span at, List<Value.Tensor> inputs, Context context) {
            this.at = at;
            this.inputs = inputs;
            this.context = context;
        }

        @Override
        public void warn(String id, String message, String label, List<String> help) {
            Code code = ShapeFaults.code(id);
            if (!context.allowed().contains(code) && !faults.isRepetition(code, at)) {
                Diagnostic.Builder warning = Diagnostic.of(code, at, message).label(label);
                help.forEach(warning::help);
                report(withInputs(warning, inputs, at), context);
            }
        }

        @Override
        public void note(String text) {
            if (texts == null) {
                texts = new ArrayList<>();
            }
            texts.add(noteTexts.computeIfAbsent(text, same -> same));
        }

        private List<String> texts() {
            return texts == null ? List.of() : texts;
        }
    }
}
