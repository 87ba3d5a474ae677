package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.elaborate.Draft.Contract;
import dev.fovea.compiler.elaborate.Draft.DraftOutput;
import dev.fovea.compiler.resolve.ResolvedFile;
import dev.fovea.compiler.resolve.ResolvedProgram;
import dev.fovea.compiler.resolve.Signatures;
import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.resolve.Templates;
import dev.fovea.compiler.resolve.Warnings;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.syntax.Statement;
import dev.fovea.compiler.value.Origin;
import dev.fovea.compiler.value.Scope;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Elaborates concrete models: parameters, the chain of templates, then the body, statement by statement. */
public final class ModelElaborator {
    /** The rule under which no window may leave a remainder. */
    private static final String EXACT = "exact";

    /** More axes than any operator knows. */
    private static final int MOST_AXES = 4;

    private final ResolvedProgram program;
    private final Faults faults;
    private final Budget budget;

    /** An elaborator for one compilation, whose models share what may be spent. */
    public ModelElaborator(ResolvedProgram program, Faults faults) {
        this.program = program;
        this.faults = faults;
        this.budget = new Budget(faults);
    }

    /**
     * The layers of a model.
     *
     * @param overrides values of its parameters in place of their defaults
     * @return empty when it cannot be worked through at all, which is reported
     */
    public Optional<Draft> elaborate(Symbol model, Map<String, Value> overrides) {
        Optional<Symbol> root = Templates.root(model);
        if (root.isEmpty() || budget.isSpent()) {
            return Optional.empty();
        }
        int errors = faults.errors();
        ModelRun run = new ModelRun(
                faults, budget, new Layers(faults, budget, isExact(model)), program.recursive(), rounding(model));
        Evaluator evaluator = new Evaluator(run);
        try {
            return Optional.of(new Body(run, evaluator).elaborate(model, root.get(), overrides, errors));
        } catch (Halt limit) {
            budget.unwind();
            return Optional.empty();
        }
    }

    /** Works out the constants of a file, so that a fault of one that nothing uses is met as well. */
    public void constants(ResolvedFile file) {
        ModelRun run =
                new ModelRun(faults, budget, new Layers(faults, budget, false), program.recursive(), Optional.empty());
        Evaluator evaluator = new Evaluator(run);
        Context context = Context.ofModel(Scope.of(file), CallPath.OUTERMOST, Set.of());
        for (Symbol symbol : file.declared().values()) {
            boolean isSound = !program.recursive().contains(symbol) && !budget.isSpent();
            if (symbol.declaration() instanceof Declaration.Const constant && isSound) {
                try {
                    evaluator.evaluate(
                            new Expression.Name(symbol.name(), constant.name().span()), context);
                } catch (Halt limit) {
                    budget.unwind();
                }
            }
        }
    }

    private static boolean isExact(Symbol model) {
        return rounding(model).equals(Optional.of(EXACT));
    }

    private static Optional<String> rounding(Symbol model) {
        Optional<Symbol> current = Optional.of(model);
        Set<Symbol> seen = new HashSet<>();
        while (current.isPresent() && seen.add(current.get())) {
            for (Annotation annotation : current.get().declaration().annotations()) {
                if (annotation.name().name().equals("round")
                        && annotation.arguments().size() == 1
                        && annotation.arguments().get(0).value() instanceof Expression.StringLiteral rule) {
                    return Optional.of(rule.value());
                }
            }
            current = Templates.of(current.get());
        }
        return Optional.empty();
    }

    /** The work on one model. */
    private static final class Body {
        private final ModelRun run;
        private final Evaluator evaluator;
        private final ParameterBinder binder;
        private final Bodies bodies;
        private final Map<String, Value> ownParameters = new HashMap<>();
        private final List<DraftOutput> outputs = new ArrayList<>();
        private final List<Contract> contracts = new ArrayList<>();

        private Body(ModelRun run, Evaluator evaluator) {
            this.run = run;
            this.evaluator = evaluator;
            this.binder = new ParameterBinder(evaluator, run);
            this.bodies = new Bodies(evaluator, run);
        }

        private Draft elaborate(Symbol model, Symbol root, Map<String, Value> overrides, int errors) {
            Context context = enter(model, overrides);
            Declaration.Model declaration = (Declaration.Model) root.declaration();
            boolean isBroken = bodies.broken(declaration.body(), context);
            for (Statement statement : declaration.body()) {
                statement(statement, context.allowing(Warnings.allowedBy(statement.annotations())));
            }
            if (run.faults().errors() == errors && isKnown(context)) {
                run.layers().finish();
            }
            if (outputs.isEmpty() && !isBroken) {
                run.fault(ModelFaults.noOutput(root), context);
            }
            return new Draft(
                    model,
                    root,
                    run.layers().nodes(),
                    run.layers().parameters(),
                    outputs,
                    names(context),
                    contracts,
                    new Evaluation(evaluator, run, context),
                    run.faults().errors() > errors || run.layers().isIncomplete());
        }

        /** Goes from an instance to its template's template, each with its arguments, to the body. */
        private Context enter(Symbol model, Map<String, Value> overrides) {
            Set<Code> allowed = EnumSet.noneOf(Code.class);
            CallPath path = CallPath.OUTERMOST;
            Symbol current = model;
            Map<String, Value> values = overrides;
            Map<String, Origin> origins = Map.of();
            while (true) {
                allowed.addAll(Warnings.allowedBy(current.declaration().annotations()));
                Context context = Context.ofModel(Scope.of(current.file()), path, allowed);
                binder.define(parameters(current), values, origins, context);
                if (current.equals(model)) {
                    ownParameters.putAll(context.scope().values());
                }
                if (!(current.declaration() instanceof Declaration.ModelInstance instance)) {
                    return context;
                }
                for (Statement.Expect expect : instance.contracts()) {
                    contracts.add(new Contract(expect, new Evaluation(evaluator, run, context)));
                }
                Symbol template = Templates.of(current).orElse(current);
                List<Parameter> parameters = parameters(template);
                ParameterBinder.Given given = binder.evaluate(
                        "model",
                        template.name(),
                        parameters,
                        instance.template().arguments(),
                        context);
                Span at = instance.template().span();
                binder.requireAll("model", template.name(), parameters, given, at, context);
                path = path.within(new CallPath.Call(CallPath.Kind.TEMPLATE, current.name(), "", at));
                values = given.values();
                origins = given.origins();
                current = template;
            }
        }

        private Map<String, Value> names(Context context) {
            Map<String, Value> names = new HashMap<>(context.scope().values());
            ownParameters.forEach((name, value) -> names.merge(name, value, Body::unlessForgotten));
            return names;
        }

        /** A value taken back by an {@code assert} stays so. */
        private static Value unlessForgotten(Value inBody, Value own) {
            return inBody.isUnknown() ? inBody : own;
        }

        /** Whether all that the body defines came to a value. */
        private static boolean isKnown(Context context) {
            return context.scope().values().values().stream().noneMatch(Value::isUnknown);
        }

        private static List<Parameter> parameters(Symbol model) {
            return Signatures.parameters(model.declaration()).orElse(List.of());
        }

        private void statement(Statement statement, Context context) {
            if (statement instanceof Statement.Input input) {
                context.scope().define(input.name().name(), input(input, context));
            } else if (statement instanceof Statement.Output output) {
                Value value = evaluator.evaluate(output.value(), context);
                if (!(value instanceof Value.Tensor) && !value.isUnknown()) {
                    run.fault(ValueFaults.needsTensor(value, output.value().span()), context);
                    value = Value.unknown();
                }
                context.scope().define(output.name().name(), value);
                outputs.add(new DraftOutput(
                        output.name().name(),
                        value,
                        output.trainOnly(),
                        output.name().span()));
            } else if (statement instanceof Statement.Expect expect) {
                contracts.add(new Contract(expect, new Evaluation(evaluator, run, context)));
            } else {
                bodies.common(statement, context);
            }
        }

        private Value input(Statement.Input input, Context context) {
            List<Integer> extents = new ArrayList<>();
            boolean isKnown = true;
            for (Expression size : input.shape().elements()) {
                Value value = evaluator.evaluate(size, context);
                OptionalInt extent = Ascriptions.extent(value);
                if (extent.isPresent()) {
                    extents.add(extent.getAsInt());
                } else {
                    isKnown = false;
                    if (!value.isUnknown()) {
                        run.fault(ShapeFaults.badExtent(size.span(), described(value)), context);
                    }
                }
            }
            if (isKnown && (extents.isEmpty() || extents.size() > MOST_AXES)) {
                run.fault(ShapeFaults.inputRank(input.shape().span(), extents.size()), context);
                return Value.unknown();
            }
            return isKnown ? input(input, Shape.of(extents), context) : Value.unknown();
        }

        private Value input(Statement.Input input, Shape shape, Context context) {
            try {
                Layers.require(shape, input.shape().span());
                return run.layers()
                        .input(input.name().name(), shape, input.name().span());
            } catch (BadValue tooLarge) {
                run.fault(tooLarge.at(input.shape().span()), context);
                return Value.unknown();
            }
        }

        private static String described(Value value) {
            return ValueText.described(value);
        }
    }
}
