package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.UnaryOperator;
import dev.fovea.grammar.CnnParser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;

/** Builds operators and their operands: the grammar gives chains, precedence makes trees of them. */
final class OperationBuilder {

    private static final Map<String, BinaryOperator> OPERATORS = Arrays.stream(BinaryOperator.values())
            .collect(Collectors.toMap(BinaryOperator::symbol, Function.identity()));

    private final Tree tree;
    private final ExpressionBuilder expressions;
    private final LiteralBuilder literals;

    OperationBuilder(Tree tree, ExpressionBuilder expressions) {
        this.tree = tree;
        this.expressions = expressions;
        this.literals = new LiteralBuilder(tree);
    }

    /** The operator that is written so. */
    static BinaryOperator operator(String symbol) {
        return Optional.ofNullable(OPERATORS.get(symbol)).orElseThrow();
    }

    /** The primary that is all of an operation, where there is nothing else to it. */
    static Optional<CnnParser.PrimaryContext> onlyPrimary(CnnParser.OperationContext context) {
        CnnParser.OperandContext operand = context.operand(0);
        boolean alone = context.operand().size() == 1
                && operand.prefixOperator().isEmpty()
                && operand.postfix().isEmpty();
        return alone ? Optional.of(operand.primary()) : Optional.empty();
    }

    /** The name that is all of an expression, where there is nothing else to it. */
    static Optional<CnnParser.IdentifierContext> onlyName(CnnParser.ExpressionContext context) {
        CnnParser.PipelineContext pipeline = context.pipeline();
        if (pipeline == null || pipeline.getChildCount() != 1) {
            return Optional.empty();
        }
        return onlyPrimary(pipeline.operation())
                .filter(CnnParser.NameContext.class::isInstance)
                .map(name -> ((CnnParser.NameContext) name).identifier());
    }

    Expression build(CnnParser.OperationContext context) {
        int levels = context.binaryOperator().size();
        for (CnnParser.OperandContext operand : context.operand()) {
            levels += operand.prefixOperator().size();
        }
        if (!expressions.enter(context, levels)) {
            return expressions.placeholder(context);
        }
        Expression expression = new Climb(context).operation(0, BinaryOperator.OR.precedence());
        expressions.leave(levels);
        return expression;
    }

    /** Precedence climbing over one chain. */
    private final class Climb {

        private final List<CnnParser.OperandContext> operands;
        private final List<BinaryOperator> operators;
        private int position;

        Climb(CnnParser.OperationContext context) {
            operands = context.operand();
            operators = context.binaryOperator().stream()
                    .map(operator -> operator(operator.getText()))
                    .toList();
        }

        /**
         * The operand at the position, and what is joined to it by operators that bind at least as tightly.
         *
         * @param prefix how many of its prefix operators are taken already
         */
        Expression operation(int prefix, int precedence) {
            Span start = start(prefix);
            Expression left = prefixed(prefix);
            boolean compared = false;
            while (position < operators.size() && operators.get(position).precedence() >= precedence) {
                BinaryOperator operator = operators.get(position);
                if (compared && operator.isComparison()) {
                    chained();
                }
                position++;
                Expression right = operation(0, operator.precedence() + 1);
                left = new Expression.Binary(operator, left, right, start.to(end()));
                compared = operator.isComparison();
            }
            return left;
        }

        private Expression prefixed(int prefix) {
            CnnParser.OperandContext operand = operands.get(position);
            if (prefix == operand.prefixOperator().size()) {
                return postfixed(operand.primary(), operand.postfix());
            }
            Span start = start(prefix);
            if (operand.prefixOperator(prefix).NOT() != null) {
                Expression negated = operation(prefix + 1, BinaryOperator.EQUAL.precedence());
                return new Expression.Unary(UnaryOperator.NOT, negated, start.to(end()));
            }
            boolean last = prefix + 1 == operand.prefixOperator().size();
            if (last && operand.postfix().isEmpty() && LiteralBuilder.isSmallestInteger(operand.primary())) {
                return new Expression.IntegerLiteral(Long.MIN_VALUE, start.to(end()));
            }
            Expression negated = prefixed(prefix + 1);
            return new Expression.Unary(UnaryOperator.NEGATE, negated, start.to(end()));
        }

        private Span start(int prefix) {
            CnnParser.OperandContext operand = operands.get(position);
            return prefix < operand.prefixOperator().size()
                    ? tree.span(operand.prefixOperator(prefix))
                    : tree.span(operand.primary());
        }

        private Span end() {
            return tree.span(operands.get(position).getStop());
        }

        private void chained() {
            CnnParser.OperandContext operand = operands.get(position);
            tree.report(
                    operand,
                    Diagnostic.of(Code.CHAINED_COMPARISON, tree.span(operand), "comparisons cannot be chained")
                            .label("this is compared on both sides")
                            .help("join two comparisons by `and`"));
        }
    }

    /** What is made of a value by members, indices and calls behind it. */
    Expression postfixed(ParserRuleContext value, List<CnnParser.PostfixContext> postfixes) {
        if (!expressions.enter(value, postfixes.size())) {
            return expressions.placeholder(value);
        }
        Expression expression = value instanceof CnnParser.PrimaryContext primary ? primary(primary) : target(value);
        for (CnnParser.PostfixContext postfix : postfixes) {
            Span span = tree.span(value.getStart(), postfix.getStop());
            if (postfix instanceof CnnParser.MemberContext member) {
                expression = new Expression.Member(expression, tree.identifier(member.identifier()), span);
            } else if (postfix instanceof CnnParser.IndexContext index) {
                expression = new Expression.Index(expression, expressions.build(index.expression()), span);
            } else {
                CnnParser.CallContext call = (CnnParser.CallContext) postfix;
                expression = new Expression.Call(expression, expressions.arguments(call.arguments()), span);
            }
        }
        expressions.leave(postfixes.size());
        return expression;
    }

    private Expression target(ParserRuleContext context) {
        return context instanceof CnnParser.ExpressionContext expression
                ? expressions.build(expression)
                : new Expression.Name(context.getText(), tree.span(context));
    }

    private Expression primary(CnnParser.PrimaryContext context) {
        Span span = tree.span(context);
        if (context instanceof CnnParser.NameContext) {
            return new Expression.Name(context.getText(), span);
        }
        if (context instanceof CnnParser.IntegerContext) {
            return literals.integer(context);
        }
        if (context instanceof CnnParser.FloatContext) {
            return literals.decimal(context);
        }
        if (context instanceof CnnParser.BooleanContext truth) {
            return new Expression.BooleanLiteral(truth.TRUE() != null, span);
        }
        if (context instanceof CnnParser.StringValueContext string) {
            return literals.string(string.string());
        }
        if (context instanceof CnnParser.ListValueContext list) {
            return expressions.list(list.list());
        }
        return group(((CnnParser.GroupContext) context).parentheses(), span);
    }

    private Expression group(CnnParser.ParenthesesContext context, Span span) {
        tree.checkCommas(context);
        List<CnnParser.ExpressionContext> elements = context.expression();
        if (elements.size() > 1) {
            return new Expression.Tuple(
                    elements.stream().map(expressions::build).toList(), span);
        }
        if (!context.COMMA().isEmpty()) {
            tree.report(
                    context,
                    Diagnostic.of(Code.MALFORMED_TUPLE, span, "a tuple has at least two elements")
                            .help("a list of one element is written `[x]`"));
        }
        return expressions.build(elements.get(0));
    }
}
