package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A statement in the body of a block or model. */
public sealed interface Statement extends Node {

    /** The annotations in front of it. */
    List<Annotation> annotations();

    /**
     * {@code input image: [1, 28, 28]}.
     *
     * @param documentation its comment
     * @param annotations its annotations
     * @param name its name
     * @param shape the sizes of its shape, without the batch axis
     * @param span all of it
     */
    record Input(
            Optional<Documentation> documentation,
            List<Annotation> annotations,
            Identifier name,
            Expression.ListLiteral shape,
            Span span)
            implements Statement {

        public Input {
            annotations = List.copyOf(annotations);
        }
    }

    /**
     * {@code let y = x -> relu}.
     *
     * @param annotations its annotations
     * @param name its name
     * @param value its value
     * @param span all of it
     */
    record Let(List<Annotation> annotations, Identifier name, Expression value, Span span) implements Statement {

        public Let {
            annotations = List.copyOf(annotations);
        }
    }

    /**
     * {@code assert channels % groups == 0, "{channels} channels in {groups} groups"}.
     *
     * @param annotations its annotations
     * @param condition what must hold
     * @param message what to say where it does not
     * @param span all of it
     */
    record Assert(List<Annotation> annotations, Expression condition, Optional<MessageTemplate> message, Span span)
            implements Statement {

        public Assert {
            annotations = List.copyOf(annotations);
        }
    }

    /**
     * {@code expect memory(train, batch=64) <= 2 GiB}.
     *
     * @param annotations its annotations
     * @param quantity what is measured: {@code parameters}, {@code memory(train, batch=64)}; in its arguments the word
     *     {@code train} is an {@link Expression.Name}
     * @param comparison one of the comparing operators
     * @param bound what it is compared with, in {@code unit} where there is one
     * @param unit the unit behind the bound
     * @param span all of it
     */
    record Expect(
            List<Annotation> annotations,
            Invocation quantity,
            BinaryOperator comparison,
            Expression bound,
            Optional<Unit> unit,
            Span span)
            implements Statement {

        public Expect {
            annotations = List.copyOf(annotations);
            if (!comparison.isComparison()) {
                throw new IllegalArgumentException(comparison + " does not compare");
            }
        }
    }

    /**
     * {@code output logits = expr} or {@code output(train) aux = expr}.
     *
     * @param documentation its comment
     * @param annotations its annotations
     * @param trainOnly whether it exists only while training
     * @param name its name
     * @param value its value
     * @param span all of it
     */
    record Output(
            Optional<Documentation> documentation,
            List<Annotation> annotations,
            boolean trainOnly,
            Identifier name,
            Expression value,
            Span span)
            implements Statement {

        public Output {
            annotations = List.copyOf(annotations);
        }
    }

    /**
     * What holds a fault of syntax, already reported: a statement, or words between two. Whatever depends on it is no fault.
     *
     * @param words the names in it, which it may have defined or read
     * @param span what was read of it
     */
    record Broken(Set<String> words, Span span) implements Statement {

        public Broken {
            words = Collections.unmodifiableSet(new LinkedHashSet<>(words));
        }

        @Override
        public List<Annotation> annotations() {
            return List.of();
        }
    }

    /**
     * {@code return add(y, skip) -> relu}.
     *
     * @param annotations its annotations
     * @param value its value
     * @param span all of it
     */
    record Return(List<Annotation> annotations, Expression value, Span span) implements Statement {

        public Return {
            annotations = List.copyOf(annotations);
        }
    }
}
