package dev.fovea.compiler.syntax;

/** An operator between two operands. */
public enum BinaryOperator {
    OR("or", 1),
    AND("and", 2),
    EQUAL("==", 4),
    NOT_EQUAL("!=", 4),
    LESS("<", 4),
    LESS_OR_EQUAL("<=", 4),
    GREATER(">", 4),
    GREATER_OR_EQUAL(">=", 4),
    ADD("+", 5),
    SUBTRACT("-", 5),
    MULTIPLY("*", 6),
    DIVIDE("/", 6),
    REMAINDER("%", 6);

    private final String symbol;
    private final int precedence;

    BinaryOperator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    /** How it is written. */
    public String symbol() {
        return symbol;
    }

    /** How tightly it binds; more is tighter. Between {@code and} and the comparisons stands {@code not}. */
    public int precedence() {
        return precedence;
    }

    /** Whether it compares; comparisons do not chain, all others group from the left. */
    public boolean isComparison() {
        return precedence == EQUAL.precedence;
    }
}
