package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.train.Score;

/** A score as JSON: {@code {"loss", "metrics": {"accuracy", ..}, "samples"}}. */
final class ScoreText {
    private ScoreText() {}

    static void write(JsonWriter json, Score score) {
        writeInto(json.beginObject(), score);
        json.endObject();
    }

    /** The same into an object that goes on. */
    static void writeInto(JsonWriter json, Score score) {
        json.name("loss").value(score.loss());
        json.name("metrics").beginObject();
        score.metrics().forEach((name, value) -> json.name(name).value(value));
        json.endObject().name("samples").value(score.samples());
    }
}
