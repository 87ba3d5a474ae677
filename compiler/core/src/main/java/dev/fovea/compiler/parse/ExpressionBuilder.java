package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Invocation;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** Builds the expressions of one declaration. */
final class ExpressionBuilder {

    /**
     * Expressions inside one another, chains of operators counted with them. The parser's own limit bounds how deep the
     * tree of parentheses is; this one bounds what every later stage recurses over.
     */
    static final int LIMIT = 2000;

    private final Tree tree;
    private final OperationBuilder operations;
    private final StageBuilder stages;
    private int depth;
    private boolean tooDeep;

    ExpressionBuilder(Tree tree) {
        this.tree = tree;
        this.operations = new OperationBuilder(tree, this);
        this.stages = new StageBuilder(tree, this);
    }

    OperationBuilder operations() {
        return operations;
    }

    Expression build(CnnParser.ExpressionContext context) {
        if (!enter(context, 1)) {
            return placeholder(context);
        }
        Expression expression =
                context.conditional() != null ? conditional(context.conditional()) : pipeline(context.pipeline());
        leave(1);
        return expression;
    }

    /**
     * Goes down some levels.
     *
     * @return whether the limit allows it; if not, that is reported, and {@link #leave} must not be called
     */
    boolean enter(ParserRuleContext context, int levels) {
        if (depth + levels <= LIMIT) {
            depth += levels;
            return true;
        }
        if (!tooDeep) {
            tooDeep = true;
            Span start = tree.span(context.getStart());
            tree.report(
                    context,
                    Diagnostic.of(Code.NESTING_TOO_DEEP, start, "this is nested too deeply")
                            .note("limit: " + LIMIT + " operators and calls around one another")
                            .help("give parts of it names with `let`, `fun` or `block`"));
        }
        return false;
    }

    void leave(int levels) {
        depth -= levels;
    }

    /** Stands for what cannot be built; the declaration around it is broken. */
    Expression placeholder(ParserRuleContext context) {
        return new Expression.IntegerLiteral(0, tree.span(context));
    }

    private Expression conditional(CnnParser.ConditionalContext context) {
        return new Expression.Conditional(
                build(context.expression(0)),
                build(context.expression(1)),
                build(context.expression(2)),
                tree.span(context));
    }

    private Expression pipeline(CnnParser.PipelineContext context) {
        if (context.FAT_ARROW() != null) {
            return new Expression.AnonymousBlock(
                    parameters(context.operation()), build(context.expression()), tree.span(context));
        }
        Expression source = operations.build(context.operation());
        if (!context.ascription().isEmpty()) {
            Span span = tree.span(
                    context.getStart(),
                    context.ascription(context.ascription().size() - 1).getStop());
            source = new Expression.Ascribed(source, stages.ascriptions(context.ascription()), span);
        }
        if (context.stage().isEmpty()) {
            return source;
        }
        return new Expression.Pipeline(
                source, context.stage().stream().map(stages::build).toList(), tree.span(context));
    }

    /** The names in front of {@code =>}; where something else stands there, that is reported. */
    private List<Identifier> parameters(CnnParser.OperationContext context) {
        List<Identifier> names = new ArrayList<>();
        Optional<CnnParser.PrimaryContext> only = OperationBuilder.onlyPrimary(context);
        if (only.isPresent() && only.get() instanceof CnnParser.NameContext name) {
            names.add(tree.identifier(name.identifier()));
        } else if (only.isPresent() && only.get() instanceof CnnParser.GroupContext group) {
            tree.checkCommas(group.parentheses());
            for (CnnParser.ExpressionContext element : group.parentheses().expression()) {
                OperationBuilder.onlyName(element).map(tree::identifier).ifPresent(names::add);
            }
            if (names.size() < group.parentheses().expression().size()) {
                names.clear();
            }
        }
        if (names.isEmpty()) {
            tree.report(
                    context,
                    Diagnostic.of(
                                    Code.MALFORMED_BLOCK,
                                    tree.span(context),
                                    "the parameters of an anonymous block are plain names")
                            .help("write `x => …` or `(x, i) => …`"));
            names.add(new Identifier("_", tree.span(context)));
        }
        return names;
    }

    Expression.ListLiteral list(CnnParser.ListContext context) {
        tree.checkCommas(context);
        return new Expression.ListLiteral(
                context.expression().stream().map(this::build).toList(), tree.span(context));
    }

    List<Argument> arguments(CnnParser.ArgumentsContext context) {
        tree.checkCommas(context);
        List<Argument> arguments =
                context.argument().stream().map(this::argument).toList();
        Optional<Identifier> named = Optional.empty();
        for (Argument argument : arguments) {
            if (argument.name().isPresent()) {
                named = argument.name();
            } else if (named.isPresent()) {
                tree.report(
                        context,
                        Diagnostic.of(
                                        Code.MISPLACED_ARGUMENT,
                                        argument.span(),
                                        "positional arguments stand in front of named ones")
                                .related(named.get().span(), "this one is named"));
                break;
            }
        }
        return arguments;
    }

    Argument argument(CnnParser.ArgumentContext context) {
        if (context.ASSIGN() == null) {
            return new Argument(Optional.empty(), build(context.expression(0)), tree.span(context));
        }
        Optional<Identifier> name =
                OperationBuilder.onlyName(context.expression(0)).map(tree::identifier);
        if (name.isEmpty()) {
            tree.report(
                    context,
                    Diagnostic.of(
                                    Code.MALFORMED_ARGUMENT,
                                    tree.span(context.expression(0)),
                                    "in front of '=' stands the name of an argument")
                            .help("values are compared by `==`"));
        }
        return new Argument(name, build(context.expression(1)), tree.span(context));
    }

    Invocation invocation(CnnParser.InvocationContext context) {
        return new Invocation(
                tree.identifier(context.identifier()),
                context.arguments() == null ? List.of() : arguments(context.arguments()),
                tree.span(context));
    }

    Annotation annotation(CnnParser.AnnotationContext context) {
        return new Annotation(
                tree.identifier(context.identifier()),
                context.arguments() == null ? List.of() : arguments(context.arguments()),
                tree.span(context));
    }
}
