package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import java.math.BigDecimal;
import java.util.List;

/** {@code == != < <= > >=}: numbers by size, bools, strings and lists by content. */
final class Comparison {
    private final Budget budget;

    Comparison(Budget budget) {
        this.budget = budget;
    }

    Value compare(BinaryOperator operator, Value left, Value right) throws BadValue {
        if (operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL) {
            return new Value.Bool(equal(left, right) == (operator == BinaryOperator.EQUAL));
        }
        if (!left.isNumber() || !right.isNumber()) {
            Value culprit = left.isNumber() ? right : left;
            throw new BadValue(
                    Code.VALUE_TYPE,
                    "`" + operator.symbol() + "` compares numbers",
                    (culprit == left ? "the left side is " : "the right side is ") + ValueText.described(culprit));
        }
        return new Value.Bool(holds(operator, order(left, right)));
    }

    /** Whether a comparison holds of two things whose order is known. */
    static boolean holds(BinaryOperator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException(operator + " does not compare");
        };
    }

    /** The order of two numbers; exact, also between an int and a float. */
    static int order(Value left, Value right) {
        return decimal(left).compareTo(decimal(right));
    }

    private static BigDecimal decimal(Value number) {
        return number instanceof Value.Int whole
                ? BigDecimal.valueOf(whole.value())
                : new BigDecimal(Arithmetic.real(number));
    }

    private boolean equal(Value left, Value right) throws BadValue {
        budget.step();
        if (left instanceof Value.Int a && right instanceof Value.Int b) {
            return a.value() == b.value();
        }
        if (left.isNumber() && right.isNumber()) {
            return order(left, right) == 0;
        }
        if (left instanceof Value.Items a && right instanceof Value.Items b) {
            return equal(a.elements(), b.elements());
        }
        boolean sameKind = left.getClass() == right.getClass();
        if (sameKind && (left instanceof Value.Bool || left instanceof Value.Text || left instanceof Value.Filling)) {
            return left.equals(right);
        }
        throw new BadValue(
                Code.VALUE_TYPE,
                "these cannot be equal or not",
                ValueText.described(left) + " and " + ValueText.described(right));
    }

    private boolean equal(List<Value> left, List<Value> right) throws BadValue {
        boolean equal = left.size() == right.size();
        for (int i = 0; equal && i < left.size(); i++) {
            equal = equal(left.get(i), right.get(i));
        }
        return equal;
    }
}
