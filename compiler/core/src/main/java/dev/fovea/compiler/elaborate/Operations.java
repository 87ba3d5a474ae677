package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.syntax.BinaryOperator;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.UnaryOperator;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Evaluates operators, conditions, members and indices. */
final class Operations {
    private final Evaluator evaluator;
    private final ModelRun run;
    private final Comparison comparison;

    Operations(Evaluator evaluator, ModelRun run) {
        this.evaluator = evaluator;
        this.run = run;
        this.comparison = new Comparison(run.budget());
    }

    Value evaluate(Expression expression, Context context) {
        try {
            if (expression instanceof Expression.Binary binary) {
                return chain(binary, context);
            }
            if (expression instanceof Expression.Unary unary) {
                return unary(unary, context);
            }
            if (expression instanceof Expression.Member member) {
                return member(member, context);
            }
            if (expression instanceof Expression.Index index) {
                return index(index, context);
            }
            return taken((Expression.Conditional) expression, context)
                    .map(branch -> evaluator.evaluate(branch, context))
                    .orElse(Value.unknown());
        } catch (BadValue bad) {
            run.fault(bad.at(expression.span()), context);
            return Value.unknown();
        }
    }

    /** The branch that the condition chooses; empty after a fault. */
    Optional<Expression> taken(Expression.Conditional conditional, Context context) {
        Value condition = evaluator.evaluate(conditional.condition(), context);
        if (condition instanceof Value.Bool truth) {
            return Optional.of(truth.value() ? conditional.whenTrue() : conditional.whenFalse());
        }
        if (!condition.isUnknown()) {
            run.fault(
                    ValueFaults.notACondition(condition, conditional.condition().span()), context);
        }
        return Optional.empty();
    }

    /** A chain of operators that group from the left may be as long as the file: no recursion along it. */
    private Value chain(Expression.Binary outermost, Context context) throws BadValue {
        Deque<Expression.Binary> chain = new ArrayDeque<>();
        Expression first = outermost;
        while (first instanceof Expression.Binary binary) {
            chain.push(binary);
            first = binary.left();
        }
        Value value = evaluator.evaluate(first, context);
        while (!chain.isEmpty()) {
            Expression.Binary next = chain.pop();
            try {
                value = binary(next, value, context);
            } catch (BadValue bad) {
                run.fault(bad.at(next.span()), context);
                value = Value.unknown();
            }
        }
        return value;
    }

    private Value binary(Expression.Binary binary, Value left, Context context) throws BadValue {
        BinaryOperator operator = binary.operator();
        if (operator == BinaryOperator.AND || operator == BinaryOperator.OR) {
            return connective(binary, left, context);
        }
        Value right = evaluator.evaluate(binary.right(), context);
        run.budget().step();
        if (left.isUnknown() || right.isUnknown()) {
            return Value.unknown();
        }
        if (operator.isComparison()) {
            return comparison.compare(operator, left, right);
        }
        Value result = Arithmetic.binary(operator, left, right);
        if (result instanceof Value.Items items) {
            run.budget().list(items.elements().size(), items.depth());
        }
        return result;
    }

    /** {@code and} and {@code or}: the right side counts only where the left one does not decide. */
    private Value connective(Expression.Binary binary, Value left, Context context) throws BadValue {
        if (left.isUnknown()) {
            return Value.unknown();
        }
        boolean decides = binary.operator() == BinaryOperator.OR;
        if (truth(left, binary.operator().symbol()) == decides) {
            return left;
        }
        Value right = evaluator.evaluate(binary.right(), context);
        return right.isUnknown()
                ? right
                : new Value.Bool(truth(right, binary.operator().symbol()));
    }

    private static boolean truth(Value value, String symbol) throws BadValue {
        if (value instanceof Value.Bool truth) {
            return truth.value();
        }
        throw new BadValue(
                Code.VALUE_TYPE, "`" + symbol + "` needs true or false", "is given " + ValueText.described(value));
    }

    private Value unary(Expression.Unary unary, Context context) throws BadValue {
        Value operand = evaluator.evaluate(unary.operand(), context);
        if (operand.isUnknown()) {
            return operand;
        }
        return unary.operator() == UnaryOperator.NOT
                ? new Value.Bool(!truth(operand, "not"))
                : Arithmetic.negate(operand);
    }

    private Value member(Expression.Member member, Context context) {
        Value target = evaluator.evaluate(member.target(), context);
        Identifier name = member.member();
        if (target.isUnknown()) {
            return target;
        }
        try {
            return Members.of(target, name.name());
        } catch (BadValue bad) {
            run.fault(bad.at(target instanceof Value.Tensor ? name.span() : member.span()), context);
            return Value.unknown();
        }
    }

    private Value index(Expression.Index index, Context context) throws BadValue {
        Value target = evaluator.evaluate(index.target(), context);
        Value place = evaluator.evaluate(index.index(), context);
        if (target.isUnknown() || place.isUnknown()) {
            return Value.unknown();
        }
        if (!(target instanceof Value.Items items)) {
            throw new BadValue(Code.VALUE_TYPE, "only a list has elements", "is " + ValueText.described(target));
        }
        if (!(place instanceof Value.Int number)) {
            throw new BadValue(Code.VALUE_TYPE, "an index must be an int", "is " + ValueText.described(place));
        }
        int size = items.elements().size();
        if (number.value() < 0 || number.value() >= size) {
            throw new BadValue(
                    Code.INDEX_OUT_OF_RANGE,
                    "the index is out of range",
                    "index " + number.value() + " in "
                            + (size == 0
                                    ? "an empty list"
                                    : "a list of " + size + ", whose last index is " + (size - 1)));
        }
        return items.elements().get((int) number.value());
    }
}
