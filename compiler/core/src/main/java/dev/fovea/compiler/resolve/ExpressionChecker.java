package dev.fovea.compiler.resolve;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Label;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.syntax.ShapePattern;
import dev.fovea.compiler.syntax.Stage;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Ops;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Checks that the names in an expression stand for something, and that calls name arguments that exist. */
final class ExpressionChecker {
    /** Of more unknown names nobody wants to know what was meant. */
    private static final int HELPED = 200;

    private final ResolvedFile file;
    private final DiagnosticSink sink;
    private final Consumer<Symbol> onReference;
    private Set<Code> allowed = Set.of();

    /**
     * A checker for the expressions of one declaration.
     *
     * @param onReference is told every declaration that they name
     */
    ExpressionChecker(ResolvedFile file, DiagnosticSink sink, Consumer<Symbol> onReference) {
        this.file = file;
        this.sink = sink;
        this.onReference = onReference;
    }

    /** From here on these warnings are meant so. */
    void allow(Set<Code> warnings) {
        allowed = warnings;
    }

    void check(Expression expression, Locals locals) {
        if (expression instanceof Expression.Name name) {
            use(new Identifier(name.name(), name.span()), locals);
        } else if (expression instanceof Expression.Call call) {
            call(call, locals);
        } else if (expression instanceof Expression.Pipeline pipeline) {
            check(pipeline.source(), locals);
            pipeline.stages().forEach(stage -> stage(stage, locals));
        } else if (expression instanceof Expression.AnonymousBlock block) {
            Locals inner = locals.inner();
            for (Identifier parameter : block.parameters()) {
                inner.define(parameter)
                        .ifPresent(before -> sink.report(NameFaults.definedTwice(parameter, before.span())));
            }
            check(block.body(), inner);
        } else if (expression instanceof Expression.Conditional conditional) {
            conditional(conditional, locals);
        } else if (expression instanceof Expression.Ascribed ascribed) {
            check(ascribed.value(), locals);
            ascribed.shapes().forEach(shape -> shape(shape, locals));
        } else if (expression instanceof Expression.ListLiteral list) {
            list.elements().forEach(element -> check(element, locals));
        } else if (expression instanceof Expression.Tuple tuple) {
            tuple.elements().forEach(element -> check(element, locals));
        } else if (expression instanceof Expression.Member member) {
            check(member.target(), locals);
        } else if (expression instanceof Expression.Index index) {
            check(index.target(), locals);
            check(index.index(), locals);
        } else if (expression instanceof Expression.Unary unary) {
            check(unary.operand(), locals);
        } else if (expression instanceof Expression.Binary binary) {
            check(binary.left(), locals);
            check(binary.right(), locals);
        }
    }

    /** Checks a name that stands for a value. */
    void use(Identifier name, Locals locals) {
        if (!locals.use(name.name())) {
            global(name, locals, Set.of(), false);
        }
    }

    /**
     * A name that is not defined here.
     *
     * @param words what would do in its place as well
     * @param isGiven whether it is called, with arguments
     */
    private void global(Identifier name, Locals locals, Set<String> words, boolean isGiven) {
        Optional<Symbol> symbol = file.lookup(name.name());
        if (symbol.isPresent()) {
            if (file.choices(name.name()).size() > 1) {
                sink.report(NameFaults.ambiguous(name, file.choices(name.name())));
            }
            onReference.accept(symbol.get());
            return;
        }
        Optional<Span> later = locals.definedLater(name.name());
        if (later.isPresent()) {
            sink.report(NameFaults.usedBefore(name, later.get()));
            locals.excuse(name.name());
        } else if (!BuiltIns.knows(name.name()) && file.isComplete()) {
            Set<String> candidates = new LinkedHashSet<>();
            if (sink.count(Code.UNKNOWN_NAME) < HELPED) {
                candidates.addAll(locals.names());
                // What was likely meant is not reported as unused as well.
                Nearest.to(name.name(), candidates).forEach(locals::excuse);
                candidates.addAll(words);
                candidates.addAll(file.names());
                candidates.addAll(BuiltIns.names());
            }
            sink.report(
                    isGiven
                            ? NameFaults.unknownCallee(name, candidates)
                            : NameFaults.unknown(name, "name", candidates));
        }
    }

    private void stage(Stage stage, Locals locals) {
        stage.label().ifPresent(label -> label(label, locals));
        check(stage.operation(), locals);
        stage.ascriptions().forEach(shape -> shape(shape, locals));
    }

    private void label(Label label, Locals locals) {
        for (Label.Part part : label.parts()) {
            if (part instanceof Label.Hole hole) {
                check(hole.expression(), locals);
            }
        }
    }

    private void shape(ShapePattern shape, Locals locals) {
        for (ShapePattern.Size size : shape.sizes()) {
            if (size instanceof ShapePattern.Exactly exactly) {
                check(exactly.value(), locals);
            }
        }
    }

    private void conditional(Expression.Conditional conditional, Locals locals) {
        if (!allowed.contains(Code.CONSTANT_CONDITION) && !NameSearch.holdsName(conditional.condition())) {
            sink.report(NameFaults.constantCondition(conditional.condition().span()));
        }
        check(conditional.condition(), locals);
        check(conditional.whenTrue(), locals);
        check(conditional.whenFalse(), locals);
    }

    private void call(Expression.Call call, Locals locals) {
        if (call.callee() instanceof Expression.Name name && !call.arguments().isEmpty()) {
            Identifier called = new Identifier(name.name(), name.span());
            if (!locals.use(called.name())) {
                global(called, locals, Set.of(), true);
            }
        } else {
            check(call.callee(), locals);
        }
        Optional<Callee> callee = callee(call.callee(), locals);
        for (int i = 0; i < call.arguments().size(); i++) {
            Argument argument = call.arguments().get(i);
            if (argument.value() instanceof Expression.Name word && callee.isPresent()) {
                boolean mayBeLabel = callee.get().namesLayer(argument.name(), i);
                word(word, callee.get(), argument.name(), mayBeLabel, locals);
            } else {
                check(argument.value(), locals);
            }
        }
        callee.ifPresent(known -> argumentNames(call.arguments(), known));
    }

    /** Checks a name in the place of an argument: it may be a word that the operator knows. */
    private void word(
            Expression.Name word, Callee callee, Optional<Identifier> argument, boolean mayBeLabel, Locals locals) {
        Identifier name = new Identifier(word.name(), word.span());
        if (callee.choices(argument, false).contains(word.name())) {
            return;
        }
        boolean isKnown = file.lookup(word.name()).isPresent()
                || locals.definedLater(word.name()).isPresent()
                || BuiltIns.knows(word.name());
        if (locals.use(word.name()) || mayBeLabel) { // labels are known once layers are there
            return;
        }
        if (!isKnown && callee.choices(argument, true).contains(word.name())) {
            sink.report(NameFaults.unquoted(name));
        } else {
            global(name, locals, callee.choices(argument, false), false);
        }
    }

    /** Checks the names of a call's arguments. */
    void argumentNames(List<Argument> arguments, Callee callee) {
        for (Argument argument : arguments) {
            argument.name()
                    .filter(name -> !callee.arguments().contains(name.name()))
                    .ifPresent(name -> sink.report(
                            NameFaults.unknownArgument(name, callee.kind(), callee.name(), callee.arguments())));
        }
    }

    private Optional<Callee> callee(Expression expression, Locals locals) {
        if (!(expression instanceof Expression.Name name) || locals.use(name.name())) {
            return Optional.empty();
        }
        Optional<Symbol> symbol = file.lookup(name.name());
        if (symbol.isPresent()) {
            return symbol.flatMap(Callee::of);
        }
        return Ops.named(name.name()).map(Callee::of);
    }

    /**
     * What is known to be called.
     *
     * @param arguments the names its arguments may have
     * @param operator its definition, where it is one
     */
    record Callee(String kind, String name, List<String> arguments, Optional<OpDef<?>> operator) {
        static Callee of(OpDef<?> def) {
            List<String> names = new ArrayList<>(def.inputs());
            def.signature().attributes().stream().map(Attribute::name).forEach(names::add);
            return new Callee("operator", def.name(), names, Optional.of(def));
        }

        static Optional<Callee> of(Symbol symbol) {
            return Signatures.parameters(symbol.declaration())
                    .map(parameters -> new Callee(
                            DeclaredName.kind(symbol.declaration()),
                            symbol.name(),
                            parameters.stream()
                                    .map(Parameter::name)
                                    .map(Identifier::name)
                                    .toList(),
                            Optional.empty()));
        }

        /**
         * Whether a bare name may be a layer's label in an argument.
         *
         * @param position among the arguments written: the tensors may stand before it, or an arrow may bring them
         */
        boolean namesLayer(Optional<Identifier> argument, int position) {
            return operator.stream().anyMatch(def -> {
                List<Attribute> attributes = def.signature().attributes();
                return argument.isPresent()
                        ? attributes.stream()
                                .anyMatch(attribute ->
                                        attribute.name().equals(argument.get().name())
                                                && attribute.type().namesLayer())
                        : namesLayer(attributes, position)
                                || namesLayer(
                                        attributes, position - def.inputs().size());
            });
        }

        private static boolean namesLayer(List<Attribute> attributes, int index) {
            return index >= 0
                    && index < attributes.size()
                    && attributes.get(index).type().namesLayer();
        }

        /** The words that may stand in an argument given by this name, or by position: in quotes or without. */
        Set<String> choices(Optional<Identifier> argument, boolean inQuotes) {
            Set<String> words = new LinkedHashSet<>();
            operator.ifPresent(def -> def.signature().attributes().stream()
                    .filter(attribute -> argument.isEmpty()
                            || attribute.name().equals(argument.get().name()))
                    .map(Attribute::type)
                    .forEach(type -> words.addAll(inQuotes ? type.choices() : type.words())));
            return words;
        }
    }
}
