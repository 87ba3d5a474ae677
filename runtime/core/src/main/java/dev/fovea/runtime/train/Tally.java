package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Recipe.MetricUse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up losses and metrics batch by batch. */
final class Tally implements Resumable {
    private final CompiledModel model;
    private final List<Entry> entries;
    private final Map<Port, float[]> predictions = new LinkedHashMap<>();
    private final double[] sums;
    private double loss;
    private long samples;

    private record Entry(String label, MetricRule rule, Port prediction, String target) {}

    /**
     * @param training whether metrics of train-only outputs are counted too
     */
    Tally(CompiledModel model, List<MetricUse> metrics, boolean training) {
        this.model = model;
        this.entries = metrics.stream()
                .map(use -> entry(model, use))
                .filter(entry -> training || !entry.prediction().trainOnly())
                .toList();
        this.sums = new double[entries.size()];
        for (Entry entry : entries) {
            predictions.computeIfAbsent(
                    entry.prediction(),
                    port -> new float
                            [Math.toIntExact(
                                    model.options().batch() * port.shape().size())]);
        }
    }

    private static Entry entry(CompiledModel model, MetricUse use) {
        Port port = Objective.output(model, use.output());
        return new Entry(use.metric().label(), MetricRule.of(use.metric()), port, use.target());
    }

    /** The labels of the metrics, in order. */
    List<String> labels() {
        return entries.stream().map(Entry::label).toList();
    }

    void clear() {
        loss = 0;
        samples = 0;
        Arrays.fill(sums, 0);
    }

    /** Adds a batch: its mean loss, and the metrics of what lies in the outputs now. */
    void add(double meanLoss, Feed feed, int batch) {
        predictions.forEach((port, values) -> model.read(port, values, batch));
        for (int i = 0; i < sums.length; i++) {
            Entry entry = entries.get(i);
            float[] values = values(entry.prediction());
            float[] targets = feed.target(entry.target());
            int positions = positions(entry);
            sums[i] += entry.rule().sum(values, entry.prediction().shape(), targets, batch) / positions;
        }
        loss += meanLoss * batch;
        samples += batch;
    }

    @Override
    public void save(StateWriter state) {
        state.number("loss", loss);
        state.whole("samples", samples);
        for (int i = 0; i < sums.length; i++) {
            state.number("metric " + entries.get(i).label(), sums[i]);
        }
    }

    @Override
    public void restore(StateReader state) throws InputException {
        loss = state.number("loss");
        samples = state.whole("samples");
        for (int i = 0; i < sums.length; i++) {
            sums[i] = state.number("metric " + entries.get(i).label());
        }
    }

    long samples() {
        return samples;
    }

    double loss() {
        return loss / samples;
    }

    double metric(int index) {
        return sums[index] / samples;
    }

    Score score() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            metrics.put(entries.get(i).label(), metric(i));
        }
        return new Score(loss(), metrics, samples);
    }

    private float[] values(Port port) {
        float[] values = predictions.get(port);
        if (values == null) {
            throw new IllegalStateException("no values of " + port.name());
        }
        return values;
    }

    private static int positions(Entry entry) {
        return Math.toIntExact(
                entry.prediction().shape().size() / entry.prediction().shape().channels());
    }
}
