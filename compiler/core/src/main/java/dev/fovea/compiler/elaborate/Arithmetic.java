package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** {@code + - * / %} and unary minus: exact on ints, an error where 64 bits do not hold the result. */
final class Arithmetic {
    private static final String FACTS = " = ";

    private Arithmetic() {}

    static Value negate(Value operand) throws BadValue {
        if (operand instanceof Value.Int number) {
            return compute(BinaryOperator.SUBTRACT, 0, number.value());
        }
        if (operand instanceof Value.Real number) {
            return new Value.Real(-number.value());
        }
        throw new BadValue(Code.VALUE_TYPE, "only a number has a minus", "is " + ValueText.described(operand));
    }

    static Value binary(BinaryOperator operator, Value left, Value right) throws BadValue {
        if (left instanceof Value.Int a && right instanceof Value.Int b) {
            return compute(operator, a.value(), b.value());
        }
        if (left.isNumber() && right.isNumber()) {
            return compute(operator, real(left), real(right));
        }
        if (operator == BinaryOperator.ADD && left instanceof Value.Items a && right instanceof Value.Items b) {
            List<Value> both = new ArrayList<>(a.elements());
            both.addAll(b.elements());
            return a.isTuple() && b.isTuple() ? Value.Items.tuple(both) : Value.Items.list(both);
        }
        Value culprit = left.isNumber() ? right : left;
        throw new BadValue(
                Code.VALUE_TYPE,
                "`" + operator.symbol() + "` needs two numbers",
                (culprit == left ? "the left side is " : "the right side is ") + ValueText.described(culprit),
                culprit instanceof Value.Tensor
                        ? new String[] {"tensors are joined by operators: `add(a, b)`, `sub(a, b)`, `mul(a, b)`"}
                        : new String[0]);
    }

    /** A number as a float. */
    static double real(Value number) {
        return number instanceof Value.Int whole ? whole.value() : ((Value.Real) number).value();
    }

    /**
     * A float as a value.
     *
     * @throws BadValue when it is infinite or not a number
     */
    static Value finite(double value, String formula) throws BadValue {
        if (!Double.isFinite(value)) {
            throw new BadValue(Code.NOT_FINITE, "the result is not a finite number", formula + FACTS + value);
        }
        return new Value.Real(value);
    }

    private static Value compute(BinaryOperator operator, long a, long b) throws BadValue {
        try {
            return new Value.Int(
                    switch (operator) {
                        case ADD -> Math.addExact(a, b);
                        case SUBTRACT -> Math.subtractExact(a, b);
                        case MULTIPLY -> Math.multiplyExact(a, b);
                        case DIVIDE -> divide(a, b);
                        case REMAINDER -> remainder(a, b);
                        default -> throw new IllegalArgumentException(operator + " is not arithmetic");
                    });
        } catch (ArithmeticException overflow) {
            BigInteger exact = exact(operator, BigInteger.valueOf(a), BigInteger.valueOf(b));
            throw new BadValue(
                    Code.INTEGER_OVERFLOW,
                    "the result does not fit an int",
                    formula(operator, a, b) + FACTS + exact + ", beyond 64 bits");
        }
    }

    private static Value compute(BinaryOperator operator, double a, double b) throws BadValue {
        String formula = ValueText.number(a) + " " + operator.symbol() + " " + ValueText.number(b);
        if (b == 0 && (operator == BinaryOperator.DIVIDE || operator == BinaryOperator.REMAINDER)) {
            throw byZero(formula);
        }
        double result =
                switch (operator) {
                    case ADD -> a + b;
                    case SUBTRACT -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    case REMAINDER -> a - b * Math.floor(a / b);
                    default -> throw new IllegalArgumentException(operator + " is not arithmetic");
                };
        return finite(result, formula);
    }

    private static long divide(long a, long b) throws BadValue {
        String formula = formula(BinaryOperator.DIVIDE, a, b);
        if (b == 0) {
            throw byZero(formula);
        }
        if (a % b != 0) {
            throw new BadValue(
                    Code.INEXACT_DIVISION,
                    "the division has a remainder",
                    formula + " is not a whole number",
                    "`floor(a / b)` gives " + Math.floorDiv(a, b) + ", `ceil(a / b)` gives " + -Math.floorDiv(-a, b));
        }
        if (b == -1) {
            return Math.negateExact(a);
        }
        return a / b;
    }

    private static long remainder(long a, long b) throws BadValue {
        if (b == 0) {
            throw byZero(formula(BinaryOperator.REMAINDER, a, b));
        }
        return Math.floorMod(a, b);
    }

    static BadValue byZero(String formula) {
        return new BadValue(Code.DIVISION_BY_ZERO, "a division by zero", formula + " has no value");
    }

    private static BigInteger exact(BinaryOperator operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            default -> a.divide(b);
        };
    }

    private static String formula(BinaryOperator operator, long a, long b) {
        return a + " " + operator.symbol() + " " + b;
    }
}
