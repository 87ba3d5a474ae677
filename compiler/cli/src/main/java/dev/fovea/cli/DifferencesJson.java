package dev.fovea.cli;

import dev.fovea.compiler.compare.Comparison;
import dev.fovea.compiler.compare.EndChange;
import dev.fovea.compiler.compare.Step;
import dev.fovea.compiler.compare.Step.Kind;
import dev.fovea.compiler.compare.WeightFit;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.model.FittingWeights;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Differences of models for programs; layers that are the same are counted only. */
final class DifferencesJson {
    private final Differences differences;
    private final JsonWriter json = new JsonWriter();

    private DifferencesJson(Differences differences) {
        this.differences = differences;
    }

    /** One JSON value. */
    static JsonWriter of(Differences differences) {
        return new DifferencesJson(differences).write();
    }

    private JsonWriter write() {
        Comparison models = differences.models();
        json.beginObject().name("same").value(models.isSame());
        json.name("batch").value(differences.batch());
        model("from", models.from());
        model("to", models.to());
        json.name("ends").beginArray();
        models.ends().forEach(this::end);
        json.endArray();
        json.name("layers_same")
                .value(models.steps().stream()
                        .filter(step -> step.kind() == Kind.SAME)
                        .count());
        json.name("layers").beginArray();
        models.steps().stream().filter(step -> step.kind() != Kind.SAME).forEach(this::step);
        json.endArray();
        weights(models.weights());
        if (differences.stored().isPresent()) {
            file(differences.stored().get());
        }
        return json.endObject();
    }

    private void model(String name, Graph graph) {
        Costs costs = Costs.of(graph);
        ModelMemory memory = ModelMemory.of(graph, differences.batch());
        json.name(name).beginObject().name("model").value(graph.name());
        json.name("file").value(graph.file());
        json.name("layers").value(graph.operators().size());
        json.name("parameters").value(costs.parameters());
        json.name("macs").value(costs.macs());
        json.name("train_bytes").value(memory.training().total());
        json.name("infer_bytes").value(memory.inference().total()).endObject();
    }

    private void end(EndChange end) {
        json.beginObject().name("kind").value(end.word()).name("name").value(end.name());
        shape("from", end.from());
        shape("to", end.to());
        json.endObject();
    }

    private void step(Step step) {
        json.beginObject().name("change").value(step.kind().name().toLowerCase(Locale.ROOT));
        layer("from", differences.models().from(), step.from());
        layer("to", differences.models().to(), step.to());
        names("details", step.details());
        json.endObject();
    }

    private void layer(String name, Graph graph, Optional<OpNode> layer) {
        if (layer.isEmpty()) {
            return;
        }
        OpNode node = layer.get();
        json.name(name).beginObject().name("name").value(node.name());
        json.name("op").value(node.op().name());
        shape("output", Optional.of(node.shape()));
        json.name("parameters").value(Differences.parameters(graph, node));
        json.name("macs").value(Differences.macs(graph, node)).endObject();
    }

    private void weights(WeightFit weights) {
        json.name("weights").beginObject();
        names("fitting", weights.fitting());
        json.name("reshaped").beginArray();
        for (WeightFit.Reshaped one : weights.reshaped()) {
            json.beginObject().name("name").value(one.name());
            shape("from", Optional.of(one.from()));
            shape("to", Optional.of(one.to()));
            json.endObject();
        }
        json.endArray();
        names("missing", weights.missing());
        names("left", weights.left());
        json.endObject();
    }

    private void file(FittingWeights stored) {
        json.name("checkpoint").beginObject();
        json.name("path").value(differences.file().map(Object::toString).orElse(""));
        names("loaded", stored.loaded());
        names("unfit", stored.unfit());
        names("unused", stored.unused());
        json.endObject();
    }

    private void names(String name, List<String> values) {
        json.name(name).beginArray();
        values.forEach(json::value);
        json.endArray();
    }

    private void shape(String name, Optional<Shape> shape) {
        if (shape.isPresent()) {
            json.name(name).beginArray();
            shape.get().extents().forEach(json::value);
            json.endArray();
        }
    }
}
