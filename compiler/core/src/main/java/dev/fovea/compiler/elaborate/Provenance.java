package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.value.Origin;
import dev.fovea.compiler.value.Scope;
import dev.fovea.compiler.value.Value;
import dev.fovea.compiler.value.ValueText;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the numbers of a fault come from: a note for each name in the text that is underlined, and for the names that these
 * come from: {@code `channels` = 128, given on line 12 as `width * 2`}, {@code `width` = 64, the default on line 8}.
 */
final class Provenance {
    private static final int MOST = 5;
    private static final int DEEPEST = 4;

    /** Longer texts are not read, longer values and expressions not shown. */
    private static final int LONGEST_TEXT = 600;

    private static final int LONGEST_SHOWN = 40;

    private static final Pattern LITERAL = Pattern.compile("[-+]?[0-9._eE]+|true|false|\"[^\"]*\"");

    private final Span reader;
    private final Set<String> notes = new LinkedHashSet<>();

    private Provenance(Span reader) {
        this.reader = reader;
    }

    /** Adds the notes to a fault that happened where these names are in scope. */
    static Diagnostic.Builder explain(Diagnostic.Builder fault, Context context) {
        // What is applied elsewhere than it is written sees other names than those around its application.
        if (!context.path().endsWithApplication()) {
            Provenance provenance = new Provenance(fault.span());
            provenance.names(fault.span(), context.scope(), 1);
            provenance.notes.forEach(fault::note);
        }
        return fault;
    }

    private void names(Span text, Scope scope, int depth) {
        if (text.end() - text.start() > LONGEST_TEXT) {
            return;
        }
        for (String name : WrittenNames.of(text)) {
            if (notes.size() < MOST) {
                name(name, scope, depth);
            }
        }
    }

    private void name(String name, Scope scope, int depth) {
        Optional<Value> value = scope.local(name);
        if (value.isEmpty()) {
            scope.file().lookup(name).flatMap(symbol -> constant(name, symbol)).ifPresent(notes::add);
            return;
        }
        Optional<Origin> origin = scope.origin(name);
        if (origin.isEmpty() || !isFigure(value.get())) {
            return;
        }
        boolean isHandedOn = origin.get().place().text().equals(name)
                && origin.get().scope().flatMap(outer -> outer.origin(name)).isPresent();
        if (!isHandedOn) {
            notes.add("`" + name + "` = " + ValueText.of(value.get()) + ", "
                    + words(origin.get(), ValueText.of(value.get())));
        }
        if (depth < DEEPEST && origin.get().scope().isPresent()) {
            names(origin.get().place(), origin.get().scope().get(), depth + 1);
        }
    }

    private Optional<String> constant(String name, Symbol symbol) {
        if (!(symbol.declaration() instanceof Declaration.Const constant)) {
            return Optional.empty();
        }
        String text = constant.value().span().text();
        return text.length() > LONGEST_SHOWN || text.contains("\n")
                ? Optional.of("`" + name + "` is the constant " + line(constant.span()))
                : Optional.of("`" + name + "` = " + text + ", the constant " + line(constant.span()));
    }

    private String words(Origin origin, String value) {
        String text = origin.place().text();
        boolean isShown = text.length() <= LONGEST_SHOWN
                && !text.contains("\n")
                && !text.equals(value)
                && !LITERAL.matcher(text).matches();
        String written = isShown ? " as `" + text + "`" : "";
        return switch (origin.kind()) {
            case ARGUMENT -> "given " + line(origin.place()) + written;
            case DEFAULT -> "the default " + line(origin.place()) + written;
            case DEFINITION -> "defined " + line(origin.place()) + written;
            case COUNT -> "counted by the `repeat` " + line(origin.place());
        };
    }

    private String line(Span place) {
        return Places.line(place, reader);
    }

    /** Whether a value is short enough to be read: a number, a string, a short list. */
    private static boolean isFigure(Value value) {
        boolean isPlain = value instanceof Value.Int
                || value instanceof Value.Real
                || value instanceof Value.Bool
                || value instanceof Value.Text
                || value instanceof Value.Items;
        return isPlain && ValueText.of(value).length() <= LONGEST_SHOWN;
    }
}
