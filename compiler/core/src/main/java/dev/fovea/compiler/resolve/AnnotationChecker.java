package dev.fovea.compiler.resolve;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Annotation;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.ops.Rounding;
import java.util.List;

/** Checks that annotations are known and well formed. */
final class AnnotationChecker {
    /** Takes back warnings. */
    static final String ALLOW = "allow";

    /** Sets a model's rounding rule. */
    static final String ROUND = "round";

    /** Trades computing for memory. */
    static final String RECOMPUTE = "recompute";

    static final List<String> NAMES = List.of(ALLOW, RECOMPUTE, ROUND);

    private final DiagnosticSink sink;

    AnnotationChecker(DiagnosticSink sink) {
        this.sink = sink;
    }

    /** What annotations stand in front of. */
    enum Place {
        MODEL,
        BLOCK,
        OTHER
    }

    /** Checks the annotations in front of something. */
    void check(List<Annotation> annotations, Place place) {
        for (Annotation annotation : annotations) {
            switch (annotation.name().name()) {
                case ALLOW -> checkAllow(annotation);
                case ROUND -> checkRound(annotation, place == Place.MODEL);
                case RECOMPUTE -> checkRecompute(annotation, place == Place.BLOCK);
                default -> sink.report(NameFaults.unknownAnnotation(annotation.name()));
            }
        }
    }

    private void checkAllow(Annotation annotation) {
        List<Expression.Name> words = Warnings.words(annotation);
        if (words.isEmpty() || words.size() < annotation.arguments().size()) {
            sink.report(NameFaults.annotationForm(
                    annotation.span(), "takes the names of warnings, as in `@allow(unread_rows)`"));
        }
        for (Expression.Name word : words) {
            if (Warnings.named(word.name()).isEmpty()) {
                sink.report(NameFaults.unknownWarning(word.span(), word.name(), Warnings.names()));
            }
        }
    }

    private void checkRecompute(Annotation annotation, boolean beforeBlock) {
        if (!beforeBlock) {
            sink.report(NameFaults.annotationForm(annotation.span(), "stands before a block"));
        } else if (!annotation.arguments().isEmpty()) {
            sink.report(NameFaults.annotationForm(annotation.span(), "takes no arguments"));
        }
    }

    private void checkRound(Annotation annotation, boolean beforeModel) {
        if (!beforeModel) {
            sink.report(NameFaults.annotationForm(annotation.span(), "stands before a model"));
            return;
        }
        List<Argument> arguments = annotation.arguments();
        boolean wellFormed = arguments.size() == 1
                && arguments.get(0).name().isEmpty()
                && arguments.get(0).value() instanceof Expression.StringLiteral rule
                && Rounding.TYPE.words().contains(rule.value());
        if (!wellFormed) {
            Diagnostic.Builder fault = NameFaults.annotationForm(
                    annotation.span(), "takes " + Rounding.TYPE.text() + ", as in `@round(\"exact\")`");
            if (arguments.size() == 1) {
                Span at = arguments.get(0).value().span();
                String written = at.text().replace("\"", "");
                Nearest.suggestWord(fault, at, written, Rounding.TYPE.choices(), rule -> "\"" + rule + "\"");
            }
            sink.report(fault);
        }
    }
}
