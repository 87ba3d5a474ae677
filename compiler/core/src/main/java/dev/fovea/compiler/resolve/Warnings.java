package dev.fovea.compiler.resolve;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names by which {@code @allow} knows warnings: those of their codes in lower case, {@code unread_rows}. */
public final class Warnings {
    private Warnings() {}

    /** All of them, in the order of their codes. */
    public static List<String> names() {
        return Arrays.stream(Code.values())
                .filter(code -> code.severity() == Severity.WARNING)
                .map(Code::word)
                .toList();
    }

    /** The warning of a name. */
    static Optional<Code> named(String name) {
        return Arrays.stream(Code.values())
                .filter(code -> code.severity() == Severity.WARNING)
                .filter(code -> code.word().equals(name))
                .findFirst();
    }

    /** What these annotations allow; faults in them are the name checker's. */
    public static Set<Code> allowedBy(List<Annotation> annotations) {
        Set<Code> allowed = EnumSet.noneOf(Code.class);
        for (Annotation annotation : annotations) {
            if (annotation.name().name().equals(AnnotationChecker.ALLOW)) {
                words(annotation).forEach(word -> named(word.name()).ifPresent(allowed::add));
            }
        }
        return allowed;
    }

    /**
     * A word of an {@code @allow}.
     *
     * @param code the warning it allows
     * @param name the word as it is written
     */
    public record Word(Code code, Expression.Name name) {}

    /** The warnings that an annotation allows, each with its word; none for another annotation. */
    public static List<Word> allowed(Annotation annotation) {
        if (!annotation.name().name().equals(AnnotationChecker.ALLOW)) {
            return List.of();
        }
        return words(annotation).stream()
                .flatMap(word -> named(word.name()).map(code -> new Word(code, word)).stream())
                .toList();
    }

    /** The bare words of an annotation. */
    static List<Expression.Name> words(Annotation annotation) {
        List<Expression.Name> words = new ArrayList<>();
        for (Argument argument : annotation.arguments()) {
            if (argument.name().isEmpty() && argument.value() instanceof Expression.Name word) {
                words.add(word);
            }
        }
        return words;
    }
}
