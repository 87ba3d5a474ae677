package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.resolve.Signatures;
import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.value.Origin;
import dev.fovea.compiler.value.Scope;
import dev.fovea.compiler.value.StageValue;
import dev.fovea.compiler.value.StageValue.AnonymousStage;
import dev.fovea.compiler.value.StageValue.BlockStage;
import dev.fovea.compiler.value.StageValue.BoundOperator;
import dev.fovea.compiler.value.StageValue.ChainedStage;
import dev.fovea.compiler.value.StageValue.OperatorStage;
import dev.fovea.compiler.value.StageValue.RepeatedStage;
import dev.fovea.compiler.value.StageValue.SharedStage;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Applies stages to tensors: where layers come into being and get their names. */
final class Applications {
    /** What a labelled call takes, in room and for the time it takes. */
    private static final long ROOM_OF_CALL = 1_500;

    /** So many characters of a label are made in the time of a step. */
    private static final int CHARACTERS = 16;

    private final Evaluator evaluator;
    private final ModelRun run;
    private final ParameterBinder binder;
    private final Bodies bodies;
    private final Map<OpDef<?>, Op> bareOperators = new HashMap<>();

    Applications(Evaluator evaluator, ModelRun run) {
        this.evaluator = evaluator;
        this.run = run;
        this.binder = new ParameterBinder(evaluator, run);
        this.bodies = new Bodies(evaluator, run);
    }

    /**
     * What a stage makes of a tensor.
     *
     * @param label its label, if it has one
     * @param at where it is applied
     */
    Value apply(StageValue stage, Value input, Optional<String> label, Span at, Context context) {
        return apply(stage, input, label, OptionalLong.empty(), at, context);
    }

    private Value apply(
            StageValue stage, Value input, Optional<String> label, OptionalLong index, Span at, Context context) {
        Value result = made(stage, input, label, index, at, context);
        if (result.isUnknown()) {
            label.ifPresent(context.names()::lose);
        }
        return result;
    }

    private Value made(
            StageValue stage, Value input, Optional<String> label, OptionalLong index, Span at, Context context) {
        run.budget().enter(at);
        try {
            if (!(input instanceof Value.Tensor) && !input.isUnknown()) {
                run.fault(ValueFaults.needsTensor(input, at), context);
                return Value.unknown();
            }
            if (stage instanceof OperatorStage operator) {
                return operator(operator, input, label, at, context);
            }
            if (stage instanceof BlockStage block) {
                return block(block, input, label, at, context);
            }
            if (stage instanceof AnonymousStage anonymous) {
                return anonymous(anonymous, input, label, index, at, context);
            }
            if (stage instanceof RepeatedStage repeated) {
                return repeated(repeated, input, label, at, context);
            }
            if (stage instanceof SharedStage shared) {
                return shared(shared, input, label, index, at, context);
            }
            return chained((ChainedStage) stage, input, label, at, context);
        } finally {
            run.budget().leave();
        }
    }

    /** Adds an operator that has all its tensors. */
    Value complete(BoundOperator bound, Optional<String> label, Span at, Context context) {
        run.budget().steps(bound.size());
        return run.layers().add(bound.op(), bound.rest(), label, at, context);
    }

    /** Works through the body of a block that has all its tensors. */
    Value complete(BlockStage stage, Map<String, Value> values, Optional<String> label, Span at, Context context) {
        Symbol block = stage.block();
        Declaration.Block declaration = (Declaration.Block) block.declaration();
        run.budget().steps(Budget.CALL);
        String name = name(label, NameScope.snakeCase(block.name()), at, context);
        Context inside = context.within(
                        new CallPath.Call(CallPath.Kind.BLOCK, block.name(), name, at, isRecomputed(declaration)))
                .in(Scope.of(block.file()))
                .naming(NameScope.below(name));
        binder.define(declaration.parameters(), values, stage.origins(), inside);
        return bodies.block(declaration, inside);
    }

    /** {@code @recompute} in front of it. */
    private static boolean isRecomputed(Declaration.Block block) {
        return block.annotations().stream()
                .anyMatch(annotation -> annotation.name().name().equals("recompute"));
    }

    private String name(Optional<String> label, String kind, Span at, Context context) {
        String name = context.names().name(label, kind);
        // The names of what is inside, and the calls that lead there, are kept with each layer.
        run.budget().room(ROOM_OF_CALL + name.length() + 8L * context.path().depth(), at);
        return name;
    }

    private Value operator(OperatorStage stage, Value input, Optional<String> label, Span at, Context context) {
        Context here = Places.within(at, stage.span())
                ? context
                : context.within(new CallPath.Call(CallPath.Kind.APPLICATION, stage.name(), "", at));
        Optional<Op> op = stage.bound().map(BoundOperator::op).or(() -> bare(stage, here));
        List<Value.Tensor> rest = stage.bound().map(BoundOperator::rest).orElse(List.of());
        if (op.isEmpty() || !(input instanceof Value.Tensor first)) {
            return Value.unknown();
        }
        List<Value.Tensor> tensors = new ArrayList<>(List.of(first));
        tensors.addAll(rest);
        if (!stage.def().admits(tensors.size())) {
            run.fault(
                    ShapeFaults.tensorCount(
                            stage.name(), OperatorCalls.wanted(stage.def()), tensors.size(), stage.span()),
                    here);
            return Value.unknown();
        }
        long size = stage.bound().map(BoundOperator::size).orElse(0L);
        return complete(new BoundOperator(op.get(), tensors, size), label, stage.span(), here);
    }

    /** An operator without arguments is the same wherever it stands. */
    private Optional<Op> bare(OperatorStage stage, Context context) {
        Op known = bareOperators.get(stage.def());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Op> op = OperatorCalls.bare(stage.def(), stage.span(), run, context);
        op.ifPresent(made -> bareOperators.put(stage.def(), made));
        return op;
    }

    private Value block(BlockStage stage, Value input, Optional<String> label, Span at, Context context) {
        List<Parameter> parameters =
                Signatures.parameters(stage.block().declaration()).orElse(List.of());
        Map<String, Value> values = new HashMap<>(stage.bound().orElse(Map.of()));
        if (stage.bound().isEmpty()) {
            ParameterBinder.Given none = new ParameterBinder.Given(values, Map.of(), 0);
            binder.requireAll("block", stage.name(), parameters, none, stage.span(), context);
        }
        List<Parameter> missing = BlockCalls.missingTensors(parameters, values);
        if (missing.size() != 1) {
            int tensors = (int) parameters.stream().filter(Parameter::isTensor).count();
            run.fault(
                    ShapeFaults.tensorCount(
                            stage.name(), BlockCalls.count(tensors), tensors - missing.size() + 1, stage.span()),
                    context);
            return Value.unknown();
        }
        values.put(missing.get(0).name().name(), input);
        return complete(stage, values, label, at, context);
    }

    private Value anonymous(
            AnonymousStage stage, Value input, Optional<String> label, OptionalLong index, Span at, Context context) {
        run.budget().steps(Budget.ANONYMOUS);
        List<Identifier> parameters = stage.block().parameters();
        List<Value> values = new ArrayList<>(List.of(input));
        values.addAll(stage.bound().orElse(List.of()));
        if (stage.isBare() && parameters.size() == 2 && index.isPresent()) {
            values.add(new Value.Int(index.getAsLong()));
        }
        if (values.size() != parameters.size()) {
            run.fault(
                    ValueFaults.tooFewArguments(
                            "anonymous block", "=>", parameters.size(), values.size(), stage.span()),
                    context.within(new CallPath.Call(CallPath.Kind.APPLICATION, stage.name(), "", at)));
            return Value.unknown();
        }
        Context inside = labelled(label, at, context).in(stage.scope().inner());
        for (int i = 0; i < parameters.size(); i++) {
            if (values.get(i) instanceof Value.Int && stage.isBare()) {
                Origin counted = new Origin(Origin.Kind.COUNT, at, Optional.empty());
                inside.scope().define(parameters.get(i).name(), values.get(i), counted);
            } else {
                inside.scope().define(parameters.get(i).name(), values.get(i));
            }
        }
        return evaluator.evaluate(stage.block().body(), inside);
    }

    /** An anonymous stage opens a scope of names only where it has a label. */
    private Context labelled(Optional<String> label, Span at, Context context) {
        return label.isPresent() ? context.naming(NameScope.below(name(label, "", at, context))) : context;
    }

    private Value repeated(RepeatedStage stage, Value input, Optional<String> label, Span at, Context context) {
        Value value = input;
        int length = label.map(String::length).orElse(0);
        for (long i = 0; i < stage.count(); i++) {
            long index = i;
            run.budget().steps(length / CHARACTERS);
            Optional<String> indexed = label.map(text -> text + "." + index);
            value = apply(stage.stage(), value, indexed, OptionalLong.of(i), at, context);
            if (value.isUnknown()) {
                // The same stage would say the same again.
                return value;
            }
        }
        return value;
    }

    private Value shared(
            SharedStage stage, Value input, Optional<String> label, OptionalLong index, Span at, Context context) {
        Sharing sharing = new Sharing(stage.parameters());
        Value value = apply(stage.stage(), input, label, index, at, context.sharing(sharing));
        if (!value.isUnknown()) {
            sharing.finish();
        }
        return value;
    }

    private Value chained(ChainedStage stage, Value input, Optional<String> label, Span at, Context context) {
        run.budget().steps(Budget.CHAIN);
        Context inside = labelled(label, at, context);
        Value first = apply(stage.first(), input, Optional.empty(), at, inside);
        return evaluator.pipelines().run(first, stage.rest(), inside.in(stage.scope()));
    }
}
