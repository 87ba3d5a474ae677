package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A declaration of a file. */
public sealed interface Declaration extends Node {

    /** Its {@code ///} comment. */
    Optional<Documentation> documentation();

    /** The annotations in front of it. */
    List<Annotation> annotations();

    /**
     * {@code const GROWTH = 32}.
     *
     * @param documentation its comment
     * @param annotations its annotations
     * @param name its name
     * @param value its value
     * @param span from the keyword (or the first annotation) to the end
     */
    record Const(
            Optional<Documentation> documentation,
            List<Annotation> annotations,
            Identifier name,
            Expression value,
            Span span)
            implements Declaration {

        public Const {
            annotations = List.copyOf(annotations);
        }
    }

    /**
     * {@code fun name(v: float, by: int = 8) : int = …}.
     *
     * @param documentation its comment
     * @param annotations its annotations
     * @param name its name
     * @param parameters its parameters, all with a type
     * @param returnType the type of its value, where it is given
     * @param body its value
     * @param span from the keyword (or the first annotation) to the end
     */
    record Function(
            Optional<Documentation> documentation,
            List<Annotation> annotations,
            Identifier name,
            List<Parameter> parameters,
            Optional<TypeReference> returnType,
            Expression body,
            Span span)
            implements Declaration {

        public Function {
            annotations = List.copyOf(annotations);
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * {@code block Name(x, a: int) { … return expr }}.
     *
     * @param documentation its comment
     * @param annotations its annotations
     * @param name its name
     * @param parameters tensors first, then those with a type
     * @param body {@link Statement.Let}, {@link Statement.Assert} and, last, one {@link Statement.Return}
     * @param span from the keyword (or the first annotation) to the end
     */
    record Block(
            Optional<Documentation> documentation,
            List<Annotation> annotations,
            Identifier name,
            List<Parameter> parameters,
            List<Statement> body,
            Span span)
            implements Declaration {

        public Block {
            annotations = List.copyOf(annotations);
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    /**
     * {@code model Name(classes: int = 10) { … }}.
     *
     * @param documentation its comment
     * @param annotations its annotations
     * @param name its name
     * @param parameters its parameters, all with a type
     * @param body any statements but {@link Statement.Return}
     * @param span from the keyword (or the first annotation) to the end
     */
    record Model(
            Optional<Documentation> documentation,
            List<Annotation> annotations,
            Identifier name,
            List<Parameter> parameters,
            List<Statement> body,
            Span span)
            implements Declaration {

        public Model {
            annotations = List.copyOf(annotations);
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    /**
     * {@code model ResNet18(classes: int = 1000) = ResNet(Basic, [2, 2, 2, 2], classes) { expect … }}.
     *
     * @param documentation its comment
     * @param annotations its annotations
     * @param name its name
     * @param parameters its parameters, all with a type
     * @param template the template with its arguments
     * @param contracts what this instance is held to, besides the contracts of its template
     * @param span from the keyword (or the first annotation) to the end
     */
    record ModelInstance(
            Optional<Documentation> documentation,
            List<Annotation> annotations,
            Identifier name,
            List<Parameter> parameters,
            Invocation template,
            List<Statement.Expect> contracts,
            Span span)
            implements Declaration {

        public ModelInstance {
            annotations = List.copyOf(annotations);
            parameters = List.copyOf(parameters);
            contracts = List.copyOf(contracts);
        }
    }

    /**
     * {@code train Model { … }} or {@code train name: Model { … }}.
     *
     * @param documentation its comment
     * @param annotations its annotations
     * @param name the recipe's own name, where it has one
     * @param model the model it trains
     * @param entries its entries in order
     * @param span from the keyword (or the first annotation) to the end
     */
    record Train(
            Optional<Documentation> documentation,
            List<Annotation> annotations,
            Optional<Identifier> name,
            Identifier model,
            List<RecipeEntry> entries,
            Span span)
            implements Declaration {

        public Train {
            annotations = List.copyOf(annotations);
            entries = List.copyOf(entries);
        }
    }

    /**
     * A declaration with a fault of syntax, already reported. Its name is taken, and whatever depends on it is no fault.
     *
     * @param kind what it was going to be
     * @param name its name, where that could be read; for a recipe, the recipe's own name
     * @param span what was read of it
     */
    record Broken(Kind kind, Optional<Identifier> name, Span span) implements Declaration {

        @Override
        public Optional<Documentation> documentation() {
            return Optional.empty();
        }

        @Override
        public List<Annotation> annotations() {
            return List.of();
        }
    }

    /** The kinds of declarations, by the keyword that opens them. */
    enum Kind {
        CONST,
        FUN,
        BLOCK,
        MODEL,
        TRAIN;

        /** The keyword. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
