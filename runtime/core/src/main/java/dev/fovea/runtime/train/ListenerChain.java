package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import java.util.List;

/** Tells each of several listeners. */
record ListenerChain(List<TrainingListener> listeners) implements TrainingListener {
    @Override
    public void begin(TrainingOutline outline) throws FoveaException {
        for (TrainingListener listener : listeners) {
            listener.begin(outline);
        }
    }

    @Override
    public void resumed(List<EpochReport> epochs) throws FoveaException {
        for (TrainingListener listener : listeners) {
            listener.resumed(epochs);
        }
    }

    @Override
    public void warning(String message) {
        listeners.forEach(listener -> listener.warning(message));
    }

    @Override
    public void step(Progress progress) throws FoveaException {
        for (TrainingListener listener : listeners) {
            listener.step(progress);
        }
    }

    @Override
    public void epoch(EpochReport report) throws FoveaException {
        for (TrainingListener listener : listeners) {
            listener.epoch(report);
        }
    }

    @Override
    public void layer(TrainedLayer layer) throws FoveaException {
        for (TrainingListener listener : listeners) {
            listener.layer(layer);
        }
    }

    @Override
    public void end(TrainingReport report) throws FoveaException {
        for (TrainingListener listener : listeners) {
            listener.end(report);
        }
    }
}
