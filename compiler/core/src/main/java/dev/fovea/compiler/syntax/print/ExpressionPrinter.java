package dev.fovea.compiler.syntax.print;

import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Invocation;
import dev.fovea.compiler.syntax.Label;
import dev.fovea.compiler.syntax.ShapePattern;
import dev.fovea.compiler.syntax.Stage;
import dev.fovea.compiler.syntax.UnaryOperator;
import java.util.List;
import java.util.stream.Collectors;

/** Prints expressions on one line, with the fewest parentheses. */
final class ExpressionPrinter {

    // How tightly an expression binds; between these stand the precedences of the binary operators.
    private static final int WHOLE = 0;
    private static final int OPERATION = BinaryOperator.OR.precedence();
    private static final int NOT = BinaryOperator.AND.precedence() + 1;
    private static final int NEGATION = BinaryOperator.MULTIPLY.precedence() + 1;
    private static final int POSTFIX = NEGATION + 1;
    private static final int PRIMARY = POSTFIX + 1;

    private ExpressionPrinter() {}

    static String print(Expression expression) {
        return print(expression, WHOLE);
    }

    /** The text where neither a pipeline nor a conditional can stand. */
    static String operation(Expression expression) {
        return print(expression, OPERATION);
    }

    static String print(Invocation invocation) {
        return invocation.name() + optionalArguments(invocation.arguments());
    }

    /** Arguments in parentheses; nothing where there are none. */
    static String optionalArguments(List<Argument> arguments) {
        return arguments.isEmpty() ? "" : arguments(arguments);
    }

    private static String arguments(List<Argument> arguments) {
        return arguments.stream()
                .map(argument -> argument.name().map(name -> name + "=").orElse("") + print(argument.value()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String print(Expression expression, int tightness) {
        String text = bare(expression);
        return tightness(expression) < tightness ? "(" + text + ")" : text;
    }

    private static int tightness(Expression expression) {
        if (expression instanceof Expression.Binary binary) {
            return binary.operator().precedence();
        }
        if (expression instanceof Expression.Unary unary) {
            return unary.operator() == UnaryOperator.NOT ? NOT : NEGATION;
        }
        if (expression instanceof Expression.IntegerLiteral integer) {
            return integer.value() < 0 ? NEGATION : PRIMARY;
        }
        boolean postfix = expression instanceof Expression.Member
                || expression instanceof Expression.Index
                || expression instanceof Expression.Call;
        if (postfix) {
            return POSTFIX;
        }
        boolean whole = expression instanceof Expression.Conditional
                || expression instanceof Expression.AnonymousBlock
                || expression instanceof Expression.Pipeline
                || expression instanceof Expression.Ascribed;
        return whole ? WHOLE : PRIMARY;
    }

    private static String bare(Expression expression) {
        if (expression instanceof Expression.IntegerLiteral integer) {
            return Long.toString(integer.value());
        }
        if (expression instanceof Expression.FloatLiteral decimal) {
            return Double.toString(decimal.value());
        }
        if (expression instanceof Expression.BooleanLiteral truth) {
            return Boolean.toString(truth.value());
        }
        if (expression instanceof Expression.StringLiteral string) {
            return "\"" + Quoting.escape(string.value(), false) + "\"";
        }
        if (expression instanceof Expression.ListLiteral list) {
            return commas(list.elements(), "[", "]");
        }
        if (expression instanceof Expression.Tuple tuple) {
            return commas(tuple.elements(), "(", ")");
        }
        if (expression instanceof Expression.Name name) {
            return name.name();
        }
        return compound(expression);
    }

    private static String compound(Expression expression) {
        if (expression instanceof Expression.Member member) {
            return target(member.target()) + "." + member.member();
        }
        if (expression instanceof Expression.Index index) {
            return target(index.target()) + "[" + print(index.index()) + "]";
        }
        if (expression instanceof Expression.Call call) {
            return target(call.callee()) + arguments(call.arguments());
        }
        if (expression instanceof Expression.Unary unary) {
            return unary.operator() == UnaryOperator.NOT
                    ? "not " + print(unary.operand(), NOT + 1)
                    : "-" + print(unary.operand(), NEGATION);
        }
        if (expression instanceof Expression.Binary binary) {
            int precedence = binary.operator().precedence();
            int left = binary.operator().isComparison() ? precedence + 1 : precedence;
            return print(binary.left(), left) + " " + binary.operator().symbol() + " "
                    + print(binary.right(), precedence + 1);
        }
        if (expression instanceof Expression.Conditional conditional) {
            return "if " + print(conditional.condition()) + " then " + print(conditional.whenTrue()) + " else "
                    + print(conditional.whenFalse());
        }
        if (expression instanceof Expression.AnonymousBlock block) {
            String names = block.parameters().stream().map(Identifier::name).collect(Collectors.joining(", "));
            return (block.parameters().size() == 1 ? names : "(" + names + ")") + " => " + print(block.body());
        }
        if (expression instanceof Expression.Pipeline pipeline) {
            // An ascription in front of the first arrow needs no parentheses.
            String source = pipeline.source() instanceof Expression.Ascribed
                    ? bare(pipeline.source())
                    : operation(pipeline.source());
            return source
                    + pipeline.stages().stream().map(ExpressionPrinter::stage).collect(Collectors.joining());
        }
        Expression.Ascribed ascribed = (Expression.Ascribed) expression;
        return operation(ascribed.value()) + patterns(ascribed.shapes());
    }

    /** What a member, an index or a call is of; a number would run into the dot. */
    private static String target(Expression target) {
        boolean number = target instanceof Expression.IntegerLiteral || target instanceof Expression.FloatLiteral;
        return number ? "(" + print(target) + ")" : print(target, POSTFIX);
    }

    private static String stage(Stage stage) {
        return " -> " + stage.label().map(label -> label(label) + ": ").orElse("") + applied(stage.operation())
                + patterns(stage.ascriptions());
    }

    /** A stage begins with a name or with parentheses. */
    private static String applied(Expression operation) {
        if (operation instanceof Expression.Member member) {
            return applied(member.target()) + "." + member.member();
        }
        if (operation instanceof Expression.Index index) {
            return applied(index.target()) + "[" + print(index.index()) + "]";
        }
        if (operation instanceof Expression.Call call) {
            return applied(call.callee()) + arguments(call.arguments());
        }
        return operation instanceof Expression.Name name ? name.name() : "(" + print(operation) + ")";
    }

    private static String label(Label label) {
        return label.parts().stream()
                .map(part -> part instanceof Label.Text text
                        ? text.text()
                        : "{" + print(((Label.Hole) part).expression()) + "}")
                .collect(Collectors.joining());
    }

    private static String patterns(List<ShapePattern> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.sizes().stream()
                        .map(size -> size instanceof ShapePattern.Exactly exactly ? print(exactly.value()) : "_")
                        .collect(Collectors.joining(", ", " :: [", "]")))
                .collect(Collectors.joining());
    }

    private static String commas(List<Expression> elements, String open, String close) {
        return elements.stream().map(ExpressionPrinter::print).collect(Collectors.joining(", ", open, close));
    }
}
