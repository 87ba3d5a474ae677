package dev.fovea.compiler.diagnostics;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.compiler.source.Position;
import dev.fovea.compiler.source.Span;
import java.util.List;

/** Renders diagnostics as one JSON object with the member {@code diagnostics}; lines and columns count from 1. */
public final class JsonRenderer {

    /** The diagnostics in the order given. */
    public String render(List<Diagnostic> diagnostics) {
        JsonWriter json = new JsonWriter().beginObject().name("diagnostics").beginArray();
        for (Diagnostic diagnostic : diagnostics) {
            write(json, diagnostic);
        }
        return json.endArray().endObject() + "\n";
    }

    /**
     * What is left after fixes were applied, and these under {@code fixed}, their places in the text before.
     *
     * @param applied in the order in which they were applied
     */
    public String render(List<Diagnostic> diagnostics, List<Fixes.Applied> applied) {
        JsonWriter json = new JsonWriter().beginObject().name("diagnostics").beginArray();
        for (Diagnostic diagnostic : diagnostics) {
            write(json, diagnostic);
        }
        json.endArray().name("fixed").beginArray();
        for (Fixes.Applied one : applied) {
            json.beginObject().name("code").value(one.code().id());
            fix(json, one.fix());
        }
        return json.endArray().endObject() + "\n";
    }

    private static void write(JsonWriter json, Diagnostic diagnostic) {
        json.beginObject().name("code").value(diagnostic.code().id());
        json.name("severity").value(diagnostic.severity().word());
        place(json, diagnostic.span());
        end(json, diagnostic.span());
        json.name("message").value(diagnostic.message());
        json.name("label").value(diagnostic.label());
        json.name("related").beginArray();
        for (Related related : diagnostic.related()) {
            place(json.beginObject(), related.span());
            json.name("message").value(related.message()).endObject();
        }
        json.endArray();
        strings(json.name("notes"), diagnostic.notes());
        strings(json.name("help"), diagnostic.help());
        json.name("fixes").beginArray();
        for (Fix fix : diagnostic.fixes()) {
            fix(json.beginObject(), fix);
        }
        json.endArray().endObject();
    }

    private static void fix(JsonWriter json, Fix fix) {
        place(json, fix.span());
        end(json, fix.span());
        json.name("replacement").value(fix.replacement());
        json.name("description").value(fix.description()).endObject();
    }

    private static void place(JsonWriter json, Span span) {
        Position start = span.startPosition();
        json.name("file").value(span.file().path());
        json.name("line").value(start.line());
        json.name("column").value(start.column());
    }

    private static void end(JsonWriter json, Span span) {
        Position end = span.endPosition();
        json.name("end_line").value(end.line());
        json.name("end_column").value(end.column());
    }

    private static void strings(JsonWriter json, List<String> texts) {
        json.beginArray();
        for (String text : texts) {
            json.value(text);
        }
        json.endArray();
    }
}
