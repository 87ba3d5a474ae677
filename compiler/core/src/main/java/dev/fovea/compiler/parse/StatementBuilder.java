package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.parse.BrokenParts.Part;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Documentation;
import dev.fovea.compiler.syntax.Statement;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Builds the statements of a body, and checks that they belong there. */
final class StatementBuilder {

    private final Tree tree;
    private final ExpressionBuilder expressions;
    private final ExpectationBuilder expectations;
    private final MessageBuilder messages;

    StatementBuilder(Tree tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
        this.expectations = new ExpectationBuilder(tree, expressions);
        this.messages = new MessageBuilder(tree, expressions);
    }

    /** The body of a model. */
    List<Statement> ofModel(CnnParser.BodyContext body) {
        List<Part<CnnParser.StatementContext, Statement>> parts = build(body);
        for (Part<CnnParser.StatementContext, Statement> part : parts) {
            if (part.value() instanceof Statement.Return) {
                tree.report(
                        part.context(),
                        Diagnostic.of(Code.MISPLACED_STATEMENT, keyword(part.context()), "a model has no `return`")
                                .help("what a model computes is declared by `output name = …`"));
            }
        }
        return statements(parts);
    }

    /** What stands in braces behind a template: contracts. */
    List<Statement.Expect> ofInstance(CnnParser.BodyContext body) {
        List<Statement.Expect> contracts = new ArrayList<>();
        for (Part<CnnParser.StatementContext, Statement> part : build(body)) {
            if (part.value() instanceof Statement.Expect contract) {
                contracts.add(contract);
            } else if (!part.broken()) {
                Span keyword = keyword(part.context());
                tree.report(
                        part.context(),
                        Diagnostic.of(
                                        Code.MISPLACED_STATEMENT,
                                        keyword,
                                        "`" + keyword.text() + "` belongs into the template")
                                .help("an instance of a template adds nothing but contracts: `expect …`"));
            }
        }
        return contracts;
    }

    /** The body of a block: one return, at its end. */
    List<Statement> ofBlock(CnnParser.BodyContext body) {
        List<Part<CnnParser.StatementContext, Statement>> parts = build(body);
        boolean mayReturn = false;
        for (int i = 0; i < parts.size(); i++) {
            Part<CnnParser.StatementContext, Statement> part = parts.get(i);
            Statement statement = part.value();
            boolean fits = statement instanceof Statement.Let
                    || statement instanceof Statement.Assert
                    || statement instanceof Statement.Return
                    || part.broken();
            mayReturn |= part.broken() || statement instanceof Statement.Return;
            if (!fits) {
                Span keyword = keyword(part.context());
                tree.report(
                        part.context(),
                        Diagnostic.of(
                                        Code.MISPLACED_STATEMENT,
                                        keyword,
                                        "`" + keyword.text() + "` belongs into a model")
                                .help("a block takes its tensors as parameters and gives its result by `return`"));
            } else if (statement instanceof Statement.Return
                    && i + 1 < parts.size()
                    && !parts.get(i + 1).broken()) {
                tree.report(
                        part.context(),
                        Diagnostic.of(
                                        Code.MISPLACED_RETURN,
                                        keyword(part.context()),
                                        "`return` is the last statement of a block")
                                .related(keyword(parts.get(i + 1).context()), "this stands behind it"));
            }
        }
        List<Statement> statements = statements(parts);
        if (!mayReturn) {
            tree.report(
                    body,
                    Diagnostic.of(Code.MISPLACED_RETURN, tree.span(body.getStop()), "a block ends with `return`")
                            .label("expected `return` and a value before this"));
            statements.add(new Statement.Broken(words(statements), tree.span(body.getStop())));
        }
        return statements;
    }

    /** The names that a body without a result defines: what would have read them is missing. */
    private static Set<String> words(List<Statement> statements) {
        return statements.stream()
                .filter(Statement.Let.class::isInstance)
                .map(statement -> ((Statement.Let) statement).name().name())
                .collect(Collectors.toSet());
    }

    /** Reports the faults in those statements of a body that could be parsed. */
    void check(CnnParser.BodyContext body) {
        build(body);
    }

    private List<Part<CnnParser.StatementContext, Statement>> build(CnnParser.BodyContext body) {
        return new BrokenParts<CnnParser.StatementContext, Statement>(
                        tree,
                        CnnParser.StatementContext.class,
                        Landing.STATEMENTS,
                        this::statement,
                        Statement.Broken::new)
                .read(body);
    }

    /** The statements; those that do not belong into their body are as good as broken. */
    private List<Statement> statements(List<Part<CnnParser.StatementContext, Statement>> parts) {
        List<Statement> statements = new ArrayList<>();
        for (Part<CnnParser.StatementContext, Statement> part : parts) {
            boolean misplaced = !part.broken() && tree.log().isBroken(part.context());
            statements.add(
                    misplaced
                            ? new Statement.Broken(
                                    tree.words(
                                            part.context().getStart(),
                                            part.context().getStop()),
                                    part.value().span())
                            : part.value());
        }
        return statements;
    }

    private Span keyword(CnnParser.StatementContext context) {
        return tree.span(kind(context).getStart());
    }

    private static ParserRuleContext kind(CnnParser.StatementContext context) {
        return (ParserRuleContext) context.getChild(context.getChildCount() - 1);
    }

    private Statement statement(CnnParser.StatementContext context) {
        ParserRuleContext kind = kind(context);
        Span span = tree.span(context);
        List<Annotation> annotations =
                context.annotation().stream().map(expressions::annotation).toList();
        if (kind instanceof CnnParser.LetStatementContext let) {
            return new Statement.Let(
                    annotations, tree.identifier(let.identifier()), expressions.build(let.expression()), span);
        }
        if (kind instanceof CnnParser.ReturnStatementContext result) {
            return new Statement.Return(annotations, expressions.build(result.expression()), span);
        }
        if (kind instanceof CnnParser.AssertStatementContext assertion) {
            return new Statement.Assert(
                    annotations,
                    expressions.build(assertion.expression()),
                    Optional.ofNullable(assertion.string()).map(messages::build),
                    span);
        }
        if (kind instanceof CnnParser.ExpectStatementContext expectation) {
            return expectations.build(expectation, annotations, span);
        }
        Optional<Documentation> documentation = documentation(context, kind.getStart());
        if (kind instanceof CnnParser.InputStatementContext input) {
            return new Statement.Input(
                    documentation,
                    annotations,
                    tree.identifier(input.identifier()),
                    expressions.list(input.list()),
                    span);
        }
        CnnParser.OutputStatementContext output = context.outputStatement();
        return new Statement.Output(
                documentation,
                annotations,
                output.TRAIN() != null,
                tree.identifier(output.identifier()),
                expressions.build(output.expression()),
                span);
    }

    private Optional<Documentation> documentation(CnnParser.StatementContext context, Token keyword) {
        return tree.documentation(context.getStart(), keyword);
    }
}
