package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.kernels.ClassCounts;
import dev.fovea.runtime.kernels.DeviceFullException;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.MetricRule.AmongLargest;
import dev.fovea.runtime.train.Recipe.MetricUse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up losses and metrics batch by batch, and counts what was taken for what wherever classes are judged. Where the device counts classes
 * itself their scores stay there, and the counts are read when somebody asks for a figure.
 */
final class Tally implements Resumable, AutoCloseable {
    private final CompiledModel model;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Port, float[]> predictions = new LinkedHashMap<>();
    private final List<Counted> counted = new ArrayList<>();
    private final List<DeviceCounts> onDevice = new ArrayList<>();
    private final List<Counted> countedHere;
    private final boolean[] counts;
    private final double[] sums;
    private double loss;
    private long samples;

    private record Entry(
            String label, MetricRule rule, Port prediction, String target, Optional<ConfusionMatrix> matrix) {}

    private record Counted(Port prediction, String target, ConfusionMatrix matrix) {}

    private record DeviceCounts(Port prediction, String target, ClassCounts kept) {
        boolean isOf(Port port, String name) {
            return prediction.equals(port) && target.equals(name);
        }
    }

    /** Of figures that come from the host alone, and without targets of classes. */
    Tally(CompiledModel model, List<MetricUse> metrics, boolean training) {
        this(model, metrics, training, Map.of(), Optional.empty());
    }

    /**
     * @param training whether metrics of train-only outputs are counted too
     * @param classes what the classes are called, by the name of the target
     * @param objective knows where the targets lie on the device, if it shall count there
     */
    Tally(
            CompiledModel model,
            List<MetricUse> metrics,
            boolean training,
            Map<String, List<String>> classes,
            Optional<Objective> objective) {
        this.model = model;
        List<String> labels = MetricUse.labels(metrics);
        for (int i = 0; i < metrics.size(); i++) {
            MetricUse use = metrics.get(i);
            Port port = Objective.output(model, use.output());
            if (training || !port.trainOnly()) {
                MetricRule rule = MetricRules.of(use.metric());
                List<String> names = classes.get(use.target());
                Optional<ConfusionMatrix> matrix = names != null || rule.readsCounts()
                        ? Optional.of(matrix(port, use.target(), names == null ? List.of() : names))
                        : Optional.empty();
                entries.add(new Entry(labels.get(i), rule, port, use.target(), matrix));
            }
        }
        this.sums = new double[entries.size()];
        try {
            objective.ifPresent(this::countOnDevice);
        } catch (RuntimeException failed) {
            close();
            throw failed instanceof DeviceFullException full ? model.shortage(full) : failed;
        }
        this.counts = new boolean[entries.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = isOnDevice(entries.get(i));
        }
        this.countedHere = counted.stream().filter(one -> !isOnDevice(one)).toList();
        for (Entry entry : entries) {
            if (isOnDevice(entry)) {
                continue;
            }
            predictions.computeIfAbsent(
                    entry.prediction(),
                    port -> new float
                            [Math.toIntExact(
                                    model.options().batch() * port.shape().size())]);
        }
    }

    private void countOnDevice(Objective objective) {
        for (Entry entry : entries) {
            Port port = entry.prediction();
            boolean classes =
                    entry.rule() instanceof AmongLargest || entry.rule().readsCounts();
            boolean fits = entry.matrix().isEmpty() || entry.matrix().get().hasPairs();
            Optional<Operand> target = objective.operand(entry.target());
            if (classes && fits && target.isPresent() && !isOnDevice(entry)) {
                Operand scores = new Operand(port.shape(), model.value(port), null);
                model.kernels()
                        .classCounts(
                                scores,
                                target.get(),
                                model.options().batch(),
                                entry.matrix().isPresent())
                        .ifPresent(kept -> onDevice.add(new DeviceCounts(port, entry.target(), kept)));
            }
        }
    }

    /** Figures of the same scores and labels have one count, and are matrices of the same or none. */
    private boolean isOnDevice(Entry entry) {
        boolean classes = entry.rule() instanceof AmongLargest || entry.rule().readsCounts();
        return classes && onDevice.stream().anyMatch(one -> one.isOf(entry.prediction(), entry.target()));
    }

    private boolean isOnDevice(Counted one) {
        return onDevice.stream().anyMatch(kept -> kept.isOf(one.prediction(), one.target()));
    }

    /** Fetches what the device has counted for the shares. */
    private void fetchRanks() {
        for (DeviceCounts one : onDevice) {
            long[] ranks = one.kept().takeRanks();
            for (int i = 0; i < sums.length; i++) {
                Entry entry = entries.get(i);
                if (entry.rule() instanceof AmongLargest rule && one.isOf(entry.prediction(), entry.target())) {
                    long right = 0;
                    for (int rank = 0; rank < Math.min(rule.k(), ranks.length - 1); rank++) {
                        right += ranks[rank];
                    }
                    sums[i] += (double) right / positions(entry);
                }
            }
        }
    }

    /** Fetches what the device has counted for the matrices. */
    private void fetchPairs() {
        for (DeviceCounts one : onDevice) {
            for (Counted into : counted) {
                if (one.isOf(into.prediction(), into.target())) {
                    into.matrix().add(one.kept().takePairs());
                }
            }
        }
    }

    private ConfusionMatrix matrix(Port prediction, String target, List<String> names) {
        for (Counted one : counted) {
            if (one.prediction().equals(prediction) && one.target().equals(target)) {
                return one.matrix();
            }
        }
        ConfusionMatrix matrix = ConfusionMatrix.of(prediction.shape().channels(), names);
        counted.add(new Counted(prediction, target, matrix));
        return matrix;
    }

    /** The labels of the metrics, in order. */
    List<String> labels() {
        return entries.stream().map(Entry::label).toList();
    }

    void clear() {
        fetchRanks();
        fetchPairs();
        loss = 0;
        samples = 0;
        Arrays.fill(sums, 0);
        counted.forEach(one -> one.matrix().clear());
    }

    /** Adds a batch: its mean loss, and the metrics of what lies in the outputs now. */
    void add(double meanLoss, Feed feed, int batch) {
        predictions.forEach((port, values) -> model.read(port, values, batch));
        for (int i = 0; i < sums.length; i++) {
            Entry entry = entries.get(i);
            if (counts[i]) {
                continue;
            }
            float[] values = values(entry.prediction());
            int positions = positions(entry);
            sums[i] += sum(entry, values, feed, batch) / positions;
        }
        for (Counted one : countedHere) {
            boolean ownCounts = feed.share() >= 0.5f;
            float[] targets = ownCounts ? feed.target(one.target()) : feed.otherTarget(one.target());
            ClassScores.count(values(one.prediction()), one.prediction().shape(), targets, batch, one.matrix());
        }
        onDevice.forEach(one -> one.kept().add(batch));
        loss += meanLoss * batch;
        samples += batch;
    }

    /** Of mixed samples as the code of Zhang et al. 2018 does: by each target's share. */
    private static double sum(Entry entry, float[] values, Feed feed, int batch) {
        double own = entry.rule().sum(values, entry.prediction().shape(), feed.target(entry.target()), batch);
        if (feed.share() == 1) {
            return own;
        }
        double other = entry.rule().sum(values, entry.prediction().shape(), feed.otherTarget(entry.target()), batch);
        return feed.share() * own + (1 - feed.share()) * other;
    }

    @Override
    public void save(StateWriter state) {
        fetchRanks();
        fetchPairs();
        state.number("loss", loss);
        state.whole("samples", samples);
        for (int i = 0; i < sums.length; i++) {
            state.number("metric " + entries.get(i).label(), sums[i]);
        }
        for (int i = 0; i < counted.size(); i++) {
            ConfusionText.save(counted.get(i).matrix(), state.within("confusion " + i));
        }
    }

    @Override
    public void restore(StateReader state) throws InputException {
        clear();
        loss = state.number("loss");
        samples = state.whole("samples");
        for (int i = 0; i < sums.length; i++) {
            sums[i] = state.number("metric " + entries.get(i).label());
        }
        for (int i = 0; i < counted.size(); i++) {
            ConfusionText.restore(counted.get(i).matrix(), state.within("confusion " + i));
        }
    }

    long samples() {
        return samples;
    }

    double loss() {
        return loss / samples;
    }

    double metric(int index) {
        Entry entry = entries.get(index);
        fetchRanks();
        if (entry.rule().readsCounts()) {
            fetchPairs();
        }
        return entry.rule().value(sums[index] / samples, entry.matrix());
    }

    Score score() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            metrics.put(entries.get(i).label(), metric(i));
        }
        fetchPairs();
        Optional<ConfusionMatrix> matrix =
                counted.stream().findFirst().map(one -> one.matrix().copy());
        return new Score(loss(), metrics, samples, matrix);
    }

    @Override
    public void close() {
        onDevice.forEach(one -> one.kept().close());
        onDevice.clear();
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
