package dev.fovea.compiler.resolve;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Invocation;
import dev.fovea.compiler.syntax.MessageTemplate;
import dev.fovea.compiler.syntax.Parameter;
import dev.fovea.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Checks the names of one declaration, whether or not anything uses it. */
final class NameChecker {
    private final ResolvedFile file;
    private final DiagnosticSink sink;
    private final Set<String> readElsewhere;
    private final ExpressionChecker expressions;
    private final AnnotationChecker annotations;

    /**
     * A checker for one declaration.
     *
     * @param readElsewhere the names of its body that recipes read
     * @param onReference is told every declaration that it names
     */
    NameChecker(ResolvedFile file, DiagnosticSink sink, Set<String> readElsewhere, Consumer<Symbol> onReference) {
        this.file = file;
        this.sink = sink;
        this.readElsewhere = readElsewhere;
        this.expressions = new ExpressionChecker(file, sink, onReference);
        this.annotations = new AnnotationChecker(sink);
    }

    void check(Declaration declaration, boolean warn) {
        annotations.check(declaration.annotations(), place(declaration));
        expressions.allow(Warnings.allowedBy(declaration.annotations()));
        Locals locals = Locals.ofBody();
        if (declaration instanceof Declaration.Const constant) {
            expressions.check(constant.value(), locals);
        } else if (declaration instanceof Declaration.Function function) {
            parameters(function.parameters(), locals);
            expressions.check(function.body(), locals);
        } else if (declaration instanceof Declaration.Block block) {
            parameters(block.parameters(), locals);
            body(block.body(), block.annotations(), locals, warn);
        } else if (declaration instanceof Declaration.Model model) {
            parameters(model.parameters(), locals);
            body(model.body(), model.annotations(), locals, warn);
        } else if (declaration instanceof Declaration.ModelInstance instance) {
            parameters(instance.parameters(), locals);
            instance(instance.template(), locals);
            body(instance.contracts(), instance.annotations(), locals, warn);
        }
    }

    private static AnnotationChecker.Place place(Declaration declaration) {
        if (declaration instanceof Declaration.Model || declaration instanceof Declaration.ModelInstance) {
            return AnnotationChecker.Place.MODEL;
        }
        return declaration instanceof Declaration.Block ? AnnotationChecker.Place.BLOCK : AnnotationChecker.Place.OTHER;
    }

    private void parameters(List<Parameter> parameters, Locals locals) {
        parameters.forEach(parameter -> locals.announce(parameter.name()));
        for (Parameter parameter : parameters) {
            parameter.defaultValue().ifPresent(value -> expressions.check(value, locals));
            define(parameter.name(), locals);
        }
    }

    private void body(List<? extends Statement> body, List<Annotation> outer, Locals locals, boolean warn) {
        body.forEach(statement -> BodyNames.definedBy(statement).ifPresent(locals::announce));
        broken(body, locals);
        for (Statement statement : body) {
            annotations.check(statement.annotations(), AnnotationChecker.Place.OTHER);
            expressions.allow(allowedIn(statement, outer));
            if (!(statement instanceof Statement.Expect)) {
                statement(statement, locals);
            }
            BodyNames.definedBy(statement).ifPresent(name -> define(name, locals));
        }
        // A contract is about the whole model, wherever it stands.
        for (Statement statement : body) {
            if (statement instanceof Statement.Expect expect) {
                expect(expect, locals);
            }
        }
        if (warn) {
            unusedLets(body, outer, locals);
        }
    }

    /** What stands in a faulty statement may have been defined or read there. */
    private void broken(List<? extends Statement> body, Locals locals) {
        Set<String> perhaps = BodyNames.perhapsDefined(body, file);
        for (Statement statement : body) {
            if (statement instanceof Statement.Broken broken) {
                for (String word : broken.words()) {
                    locals.excuse(word);
                    if (perhaps.contains(word)) {
                        locals.define(new Identifier(word, broken.span()));
                    }
                }
            }
        }
    }

    private void statement(Statement statement, Locals locals) {
        if (statement instanceof Statement.Let let) {
            expressions.check(let.value(), locals);
        } else if (statement instanceof Statement.Output output) {
            expressions.check(output.value(), locals);
        } else if (statement instanceof Statement.Return result) {
            expressions.check(result.value(), locals);
        } else if (statement instanceof Statement.Input input) {
            expressions.check(input.shape(), locals);
        } else if (statement instanceof Statement.Assert claim) {
            expressions.check(claim.condition(), locals);
            claim.message().ifPresent(message -> message(message, locals));
        }
    }

    private void message(MessageTemplate message, Locals locals) {
        for (MessageTemplate.Part part : message.parts()) {
            if (part instanceof MessageTemplate.Hole hole) {
                expressions.check(hole.expression(), locals);
            }
        }
    }

    private void expect(Statement.Expect expect, Locals locals) {
        Identifier quantity = expect.quantity().name();
        if (!Quantities.NAMES.contains(quantity.name())) {
            sink.report(NameFaults.unknown(quantity, "quantity", Quantities.NAMES));
        }
        for (Argument argument : expect.quantity().arguments()) {
            boolean isMode = argument.value() instanceof Expression.Name word
                    && Quantities.MODES.contains(word.name())
                    && quantity.name().equals(Quantities.MEMORY);
            boolean isUnknownMode = !isMode
                    && quantity.name().equals(Quantities.MEMORY)
                    && argument.name().isEmpty()
                    && argument.value() instanceof Expression.Name;
            if (isUnknownMode) {
                Expression.Name word = (Expression.Name) argument.value();
                sink.report(NameFaults.unknown(
                        new Identifier(word.name(), word.span()), "mode of `memory`", Quantities.MODES));
            } else if (!isMode) {
                expressions.check(argument.value(), locals);
            }
        }
        expressions.check(expect.bound(), locals);
    }

    private void instance(Invocation template, Locals locals) {
        Identifier name = template.name();
        expressions.use(name, Locals.ofBody());
        template.arguments().forEach(argument -> expressions.check(argument.value(), locals));
        file.lookup(name.name())
                .filter(symbol -> !symbol.isBroken() && !Templates.isModel(symbol))
                .ifPresent(symbol -> sink.report(NameFaults.notAModel(name, symbol)));
        file.lookup(name.name())
                .filter(Templates::isModel)
                .flatMap(ExpressionChecker.Callee::of)
                .ifPresent(callee -> expressions.argumentNames(template.arguments(), callee));
    }

    private void define(Identifier name, Locals locals) {
        locals.define(name).ifPresent(before -> sink.report(NameFaults.definedTwice(name, before.span())));
    }

    private void unusedLets(List<? extends Statement> body, List<Annotation> outer, Locals locals) {
        for (Statement statement : body) {
            if (statement instanceof Statement.Let let) {
                String name = let.name().name();
                boolean meant = name.startsWith("_")
                        || readElsewhere.contains(name)
                        || allowedIn(let, outer).contains(Code.UNUSED_LET);
                if (!meant && !locals.isUsed(name)) {
                    sink.report(NameFaults.unusedLet(let.name()));
                }
            }
        }
    }

    private static Set<Code> allowedIn(Statement statement, List<Annotation> outer) {
        List<Annotation> all = new ArrayList<>(outer);
        all.addAll(statement.annotations());
        return Warnings.allowedBy(all);
    }
}
