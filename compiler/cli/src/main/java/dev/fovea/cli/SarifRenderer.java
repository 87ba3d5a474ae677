package dev.fovea.cli;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Fix;
import dev.fovea.compiler.diagnostics.Related;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.compiler.source.Position;
import dev.fovea.compiler.source.Span;
import java.util.List;

/** Diagnostics in SARIF 2.1.0 (OASIS), which code hosts and editors read. Columns count code points. */
final class SarifRenderer {
    private SarifRenderer() {}

    static String render(List<Diagnostic> diagnostics) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("$schema").value("https://json.schemastore.org/sarif-2.1.0.json");
        json.name("version").value("2.1.0");
        json.name("runs").beginArray().beginObject();
        json.name("tool").beginObject().name("driver").beginObject();
        json.name("name").value("fovea");
        json.name("rules").beginArray();
        diagnostics.stream().map(Diagnostic::code).distinct().sorted().forEach(code -> rule(json, code));
        json.endArray().endObject().endObject();
        json.name("columnKind").value("unicodeCodePoints");
        json.name("results").beginArray();
        diagnostics.forEach(diagnostic -> result(json, diagnostic));
        return json.endArray().endObject().endArray().endObject() + "\n";
    }

    private static void rule(JsonWriter json, Code code) {
        json.beginObject().name("id").value(code.id());
        text(json.name("shortDescription"), code.title());
        json.endObject();
    }

    private static void result(JsonWriter json, Diagnostic diagnostic) {
        json.beginObject().name("ruleId").value(diagnostic.code().id());
        json.name("level").value(level(diagnostic.severity()));
        text(json.name("message"), message(diagnostic));
        json.name("locations").beginArray();
        location(json, diagnostic.span(), "");
        json.endArray();
        if (!diagnostic.related().isEmpty()) {
            json.name("relatedLocations").beginArray();
            for (Related related : diagnostic.related()) {
                location(json, related.span(), related.message());
            }
            json.endArray();
        }
        if (!diagnostic.fixes().isEmpty()) {
            json.name("fixes").beginArray();
            diagnostic.fixes().forEach(fix -> fix(json, fix));
            json.endArray();
        }
        json.endObject();
    }

    private static String message(Diagnostic diagnostic) {
        StringBuilder text = new StringBuilder(diagnostic.message());
        if (!diagnostic.label().isEmpty()) {
            text.append(": ").append(diagnostic.label());
        }
        diagnostic.notes().forEach(note -> text.append("\n").append(note));
        diagnostic.help().forEach(help -> text.append("\nhelp: ").append(help));
        return text.toString();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    private static void location(JsonWriter json, Span span, String message) {
        json.beginObject().name("physicalLocation").beginObject();
        artifact(json, span);
        region(json.name("region"), span);
        json.endObject();
        if (!message.isEmpty()) {
            text(json.name("message"), message);
        }
        json.endObject();
    }

    private static void fix(JsonWriter json, Fix fix) {
        json.beginObject();
        text(json.name("description"), fix.description());
        json.name("artifactChanges").beginArray().beginObject();
        artifact(json, fix.span());
        json.name("replacements").beginArray().beginObject();
        region(json.name("deletedRegion"), fix.span());
        text(json.name("insertedContent"), fix.replacement());
        json.endObject().endArray().endObject().endArray().endObject();
    }

    private static void artifact(JsonWriter json, Span span) {
        json.name("artifactLocation")
                .beginObject()
                .name("uri")
                .value(uri(span.file().path()));
        json.endObject();
    }

    private static String uri(String path) {
        return path.replace("%", "%25").replace(" ", "%20");
    }

    private static void region(JsonWriter json, Span span) {
        Position start = span.startPosition();
        Position end = span.endPosition();
        json.beginObject().name("startLine").value(start.line());
        json.name("startColumn").value(start.column());
        json.name("endLine").value(end.line());
        json.name("endColumn").value(end.column()).endObject();
    }

    private static void text(JsonWriter json, String text) {
        json.beginObject().name("text").value(text).endObject();
    }
}
