package dev.fovea.cli;

import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gathers pictures into batches and runs them through a model. */
final class Classifier {
    private final CompiledModel model;
    private final Port input;
    private final Port output;
    private final boolean probabilities;
    private final List<Path> waiting = new ArrayList<>();
    private final float[] samples;
    private final float[] scores;
    private final int size;
    private final int classes;

    /**
     * @param output {@code [classes]}
     * @param probabilities whether it gives probabilities already, else logits
     */
    Classifier(CompiledModel model, Port input, Port output, boolean probabilities) {
        this.model = model;
        this.input = input;
        this.output = output;
        this.probabilities = probabilities;
        this.size = Math.toIntExact(input.shape().size());
        this.classes = output.shape().channels();
        this.samples = new float[model.options().batch() * size];
        this.scores = new float[model.options().batch() * classes];
    }

    /** Adds a picture; gives what there is to say of those that waited, where the batch is full. */
    List<Prediction> add(Path file, float[] sample) {
        System.arraycopy(sample, 0, samples, waiting.size() * size, size);
        waiting.add(file);
        return waiting.size() == model.options().batch() ? rest() : List.of();
    }

    /** Runs what waits. */
    List<Prediction> rest() {
        List<Prediction> predictions = new ArrayList<>();
        if (waiting.isEmpty()) {
            return predictions;
        }
        model.write(input, samples, waiting.size());
        model.forward(waiting.size(), false);
        model.read(output, scores, waiting.size());
        for (int i = 0; i < waiting.size(); i++) {
            predictions.add(new Prediction(waiting.get(i), shares(i * classes)));
        }
        waiting.clear();
        return predictions;
    }

    private double[] shares(int from) {
        if (!probabilities) {
            return Prediction.softmax(scores, from, classes);
        }
        double[] shares = new double[classes];
        for (int i = 0; i < classes; i++) {
            shares[i] = scores[from + i];
        }
        return shares;
    }
}
