package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Invocation;
import dev.fovea.compiler.syntax.Statement;
import dev.fovea.compiler.syntax.Unit;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Builds {@code expect} statements. */
final class ExpectationBuilder {

    private final Tree tree;
    private final ExpressionBuilder expressions;

    ExpectationBuilder(Tree tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
    }

    Statement build(CnnParser.ExpectStatementContext context, List<Annotation> annotations, Span span) {
        Expression bound = expressions.operations().build(context.operation());
        if (bound instanceof Expression.Binary binary
                && binary.operator().precedence() <= BinaryOperator.EQUAL.precedence()) {
            tree.report(
                    context,
                    Diagnostic.of(
                                    Code.CHAINED_COMPARISON,
                                    bound.span(),
                                    "an `expect` compares one quantity with one bound")
                            .help("write an `expect` for each bound"));
        }
        BinaryOperator comparison =
                OperationBuilder.operator(context.comparisonOperator().getText());
        return new Statement.Expect(
                annotations,
                quantity(context.quantity()),
                comparison,
                bound,
                Optional.ofNullable(context.unit()).flatMap(this::unit),
                span);
    }

    private Invocation quantity(CnnParser.QuantityContext context) {
        List<Argument> arguments = new ArrayList<>();
        if (context.quantityArguments() != null) {
            tree.checkCommas(context.quantityArguments());
            for (CnnParser.QuantityArgumentContext argument :
                    context.quantityArguments().quantityArgument()) {
                Span span = tree.span(argument);
                arguments.add(
                        argument.argument() != null
                                ? expressions.argument(argument.argument())
                                : new Argument(Optional.empty(), new Expression.Name(argument.getText(), span), span));
            }
        }
        return new Invocation(tree.identifier(context.identifier()), arguments, tree.span(context));
    }

    private Optional<Unit> unit(CnnParser.UnitContext context) {
        Optional<Unit> unit = Unit.of(context.getText());
        if (unit.isEmpty()) {
            Diagnostic.Builder fault = Diagnostic.of(
                            Code.UNKNOWN_UNIT, tree.span(context), "there is no unit `" + context.getText() + "`")
                    .note("units: kB, MB, GB (powers of 1000), KiB, MiB, GiB (powers of 1024)");
            Arrays.stream(Unit.values())
                    .map(Unit::symbol)
                    .filter(symbol -> symbol.equalsIgnoreCase(context.getText()))
                    .findFirst()
                    .ifPresent(near -> fault.fix(tree.span(context), near, "did you mean `" + near + "`?"));
            tree.report(context, fault);
        }
        return unit;
    }
}
