package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The functions of the language on compile-time values. */
final class Functions {
    private final Budget budget;

    Functions(Budget budget) {
        this.budget = budget;
    }

    /** Whether a name is one that makes an int of a float, and of a division between ints without a remainder's error. */
    static boolean isRounding(String name) {
        return name.equals("floor") || name.equals("ceil") || name.equals("round");
    }

    /** The quotient of two ints, rounded; exact, whatever their size. */
    static Value roundedQuotient(String function, long a, long b) throws BadValue {
        if (b == 0) {
            throw Arithmetic.byZero(a + " / 0");
        }
        BigDecimal quotient = BigDecimal.valueOf(a).divide(BigDecimal.valueOf(b), 0, mode(function));
        return whole(quotient, function + "(" + a + " / " + b + ")");
    }

    Value call(String function, List<Value> arguments) throws BadValue {
        return switch (function) {
            case "len" -> new Value.Int(list(function, arguments).size());
            case "sum" -> sum(list(function, arguments));
            case "range" -> range(integer(function, one(function, arguments)));
            case "min", "max" -> extreme(function, arguments);
            case "abs" -> absolute(one(function, arguments));
            case "sqrt" -> squareRoot(number(function, one(function, arguments)));
            default -> rounded(function, number(function, one(function, arguments)));
        };
    }

    private Value range(long count) throws BadValue {
        if (count < 0) {
            throw new BadValue(Code.VALUE_TYPE, "`range` needs a count of 0 or more", "is " + count);
        }
        budget.list(count, 1);
        return Value.Items.list(
                LongStream.range(0, count).mapToObj(Value.Int::new).toList());
    }

    private Value sum(List<Value> numbers) throws BadValue {
        budget.steps(numbers.size());
        Value sum = new Value.Int(0);
        for (Value number : numbers) {
            sum = Arithmetic.binary(BinaryOperator.ADD, sum, number("sum", number));
        }
        return sum;
    }

    private Value extreme(String function, List<Value> arguments) throws BadValue {
        List<Value> numbers =
                arguments.size() == 1 && arguments.get(0) instanceof Value.Items items ? items.elements() : arguments;
        if (numbers.isEmpty()) {
            throw new BadValue(Code.VALUE_TYPE, "`" + function + "` needs a number", "there is none to choose from");
        }
        budget.steps(numbers.size());
        Value best = number(function, numbers.get(0));
        for (Value candidate : numbers) {
            int order = Comparison.order(number(function, candidate), best);
            if (function.equals("min") ? order < 0 : order > 0) {
                best = candidate;
            }
        }
        return best;
    }

    private static Value absolute(Value argument) throws BadValue {
        Value number = number("abs", argument);
        return Comparison.order(number, new Value.Int(0)) < 0 ? Arithmetic.negate(number) : number;
    }

    private static Value squareRoot(Value number) throws BadValue {
        double value = Arithmetic.real(number);
        return Arithmetic.finite(Math.sqrt(value), "sqrt(" + ValueText.number(value) + ")");
    }

    private static Value rounded(String function, Value number) throws BadValue {
        if (number instanceof Value.Int) {
            return number;
        }
        BigDecimal exact = new BigDecimal(Arithmetic.real(number));
        return whole(exact.setScale(0, mode(function)), function + "(" + ValueText.of(number) + ")");
    }

    private static Value whole(BigDecimal value, String formula) throws BadValue {
        try {
            return new Value.Int(value.longValueExact());
        } catch (ArithmeticException overflow) {
            throw new BadValue(Code.INTEGER_OVERFLOW, "the result does not fit an int", formula + " is beyond 64 bits");
        }
    }

    private static RoundingMode mode(String function) {
        return switch (function) {
            case "floor" -> RoundingMode.FLOOR;
            case "ceil" -> RoundingMode.CEILING;
            default -> RoundingMode.HALF_UP;
        };
    }

    private static Value one(String function, List<Value> arguments) throws BadValue {
        if (arguments.size() != 1) {
            throw new BadValue(
                    Code.ARGUMENT_COUNT, "`" + function + "` takes one argument", arguments.size() + " are given");
        }
        return arguments.get(0);
    }

    private static Value number(String function, Value value) throws BadValue {
        if (!value.isNumber()) {
            throw new BadValue(
                    Code.VALUE_TYPE,
                    "`" + function + "` needs " + (function.equals("sum") ? "a list of numbers" : "a number"),
                    "is given " + ValueText.described(value));
        }
        return value;
    }

    private static long integer(String function, Value value) throws BadValue {
        if (value instanceof Value.Int number) {
            return number.value();
        }
        throw new BadValue(
                Code.VALUE_TYPE, "`" + function + "` needs an int", "is given " + ValueText.described(value));
    }

    private static List<Value> list(String function, List<Value> arguments) throws BadValue {
        if (one(function, arguments) instanceof Value.Items items) {
            return new ArrayList<>(items.elements());
        }
        throw new BadValue(
                Code.VALUE_TYPE,
                "`" + function + "` needs a list",
                "is given " + ValueText.described(arguments.get(0)));
    }
}
