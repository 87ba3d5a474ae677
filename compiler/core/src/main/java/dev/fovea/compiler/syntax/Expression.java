package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;

/**
 * An expression. Parentheses leave no trace but in the spans around them.
 *
 * <p>How deeply expressions are nested in one another is limited by the parser, so that a stage may recurse over them.
 */
public sealed interface Expression extends Node {

    /**
     * {@code 1_000}.
     *
     * @param value its value
     * @param span its place
     */
    record IntegerLiteral(long value, Span span) implements Expression {}

    /**
     * {@code 5e-4}.
     *
     * @param value its value, finite
     * @param span its place
     */
    record FloatLiteral(double value, Span span) implements Expression {}

    /**
     * {@code true} or {@code false}.
     *
     * @param value its value
     * @param span its place
     */
    record BooleanLiteral(boolean value, Span span) implements Expression {}

    /**
     * {@code "same"}.
     *
     * @param value its text, escapes resolved
     * @param span with its quotes
     */
    record StringLiteral(String value, Span span) implements Expression {}

    /**
     * {@code [2, 2, 2, 2]}.
     *
     * @param elements its elements, perhaps none
     * @param span with its brackets
     */
    record ListLiteral(List<Expression> elements, Span span) implements Expression {

        public ListLiteral {
            elements = List.copyOf(elements);
        }
    }

    /**
     * {@code (h, w)}.
     *
     * @param elements its elements, at least two
     * @param span with its parentheses
     */
    record Tuple(List<Expression> elements, Span span) implements Expression {

        public Tuple {
            elements = List.copyOf(elements);
            if (elements.size() < 2) {
                throw new IllegalArgumentException("a tuple has at least two elements");
            }
        }
    }

    /**
     * A name: of a parameter, a {@code let}, an operator, a block, …
     *
     * @param name the name
     * @param span its place
     */
    record Name(String name, Span span) implements Expression {}

    /**
     * {@code x.channels}.
     *
     * @param target what stands before the dot
     * @param member the name behind the dot
     * @param span all of it
     */
    record Member(Expression target, Identifier member, Span span) implements Expression {}

    /**
     * {@code depths[0]}.
     *
     * @param target what is indexed
     * @param index the index
     * @param span all of it
     */
    record Index(Expression target, Expression index, Span span) implements Expression {}

    /**
     * {@code conv(64, kernel=3)}.
     *
     * @param callee what is called, usually a {@link Name}
     * @param arguments positional ones first, then named ones
     * @param span all of it
     */
    record Call(Expression callee, List<Argument> arguments, Span span) implements Expression {

        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * {@code -x} or {@code not c}.
     *
     * @param operator the operator
     * @param operand its operand
     * @param span all of it
     */
    record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {}

    /**
     * {@code a + b}.
     *
     * @param operator the operator
     * @param left what stands before it
     * @param right what stands behind it
     * @param span all of it
     */
    record Binary(BinaryOperator operator, Expression left, Expression right, Span span) implements Expression {}

    /**
     * {@code if c then a else b}.
     *
     * @param condition decides at compile time
     * @param whenTrue the value where it holds
     * @param whenFalse the value where it does not
     * @param span all of it
     */
    record Conditional(Expression condition, Expression whenTrue, Expression whenFalse, Span span)
            implements Expression {}

    /**
     * {@code (x, i) => expr}, an anonymous block.
     *
     * @param parameters its parameters, at least one
     * @param body its value
     * @param span all of it
     */
    record AnonymousBlock(List<Identifier> parameters, Expression body, Span span) implements Expression {

        public AnonymousBlock {
            parameters = List.copyOf(parameters);
            if (parameters.isEmpty()) {
                throw new IllegalArgumentException("an anonymous block has at least one parameter");
            }
        }
    }

    /**
     * {@code image -> conv1: conv(6, kernel=5) -> relu :: [6, 28, 28]}.
     *
     * @param source what goes in
     * @param stages what is applied to it in order, at least one
     * @param span all of it
     */
    record Pipeline(Expression source, List<Stage> stages, Span span) implements Expression {

        public Pipeline {
            stages = List.copyOf(stages);
            if (stages.isEmpty()) {
                throw new IllegalArgumentException("a pipeline has at least one stage");
            }
        }
    }

    /**
     * {@code add(a, b) :: [64, 56, 56]}: a shape stated for something other than a stage.
     *
     * @param value what the shape is stated for
     * @param shapes the shapes, usually one
     * @param span all of it
     */
    record Ascribed(Expression value, List<ShapePattern> shapes, Span span) implements Expression {

        public Ascribed {
            shapes = List.copyOf(shapes);
            if (shapes.isEmpty()) {
                throw new IllegalArgumentException("an ascription states a shape");
            }
        }
    }
}
