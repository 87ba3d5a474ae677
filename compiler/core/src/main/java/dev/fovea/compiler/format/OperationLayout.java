package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Element.Branch;
import dev.fovea.compiler.syntax.concrete.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Chains of operators. They break in front of those that bind least, the operands one below the other. */
final class OperationLayout {

    private final ExpressionLayout expressions;

    OperationLayout(ExpressionLayout expressions) {
        this.expressions = expressions;
    }

    Doc operation(Branch operation) {
        List<Element> children = operation.children();
        if (children.size() == 1) {
            return expressions.of(children.get(0));
        }
        int loosest = children.stream()
                .filter(child -> Words.isRule(child, Rule.BINARY_OPERATOR))
                .mapToInt(OperationLayout::precedence)
                .min()
                .orElseThrow();
        List<Doc> parts = new ArrayList<>();
        parts.add(expressions.of(children.get(0)));
        for (int i = 1; i + 1 < children.size(); i += 2) {
            Element operator = children.get(i);
            Element operand = children.get(i + 1);
            boolean mayBreak = precedence(operator) == loosest;
            boolean begins =
                    Words.first(operator).beginsLine() || Words.first(operand).beginsLine();
            Doc term = Docs.of(expressions.of(operator), Docs.SPACE, expressions.of(operand));
            if (!mayBreak || (!begins && term.isBroken())) {
                parts.add(Docs.of(Docs.SPACE, term));
            } else {
                parts.add(begins ? Docs.of(Docs.HARD, term) : Docs.group(Docs.LINE, term));
            }
        }
        return new Doc.Align(-2, Docs.of(parts));
    }

    private static int precedence(Element operator) {
        String symbol = Words.first(operator).text();
        return Arrays.stream(BinaryOperator.values())
                .filter(one -> one.symbol().equals(symbol))
                .mapToInt(BinaryOperator::precedence)
                .findFirst()
                .orElseThrow();
    }
}
