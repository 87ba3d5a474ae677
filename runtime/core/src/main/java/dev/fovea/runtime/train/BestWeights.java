package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelParameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A copy of the weights, running statistics included, of the epoch whose figure was best. */
final class BestWeights implements Resumable {
    private final CompiledModel model;
    private final Figure figure;
    private final Map<ModelParameter, float[]> copies = new LinkedHashMap<>();

    BestWeights(CompiledModel model, Figure figure) {
        this.model = model;
        this.figure = figure;
    }

    /** Copies the model's weights where they are the best so far; returns whether they are. */
    boolean offer(Score training, Optional<Score> test) {
        boolean better = figure.offer(training, test);
        if (better) {
            for (ModelParameter parameter : model.weights().all()) {
                copies.put(parameter, model.weights().read(parameter));
            }
        }
        return better;
    }

    /** Gives the model the best weights; where no epoch had a figure it keeps those it has. */
    void putBack() {
        copies.forEach(model.weights()::write);
    }

    @Override
    public void save(StateWriter state) {
        figure.save(state);
        state.whole("copies", copies.size());
        copies.forEach((parameter, values) ->
                state.floats(parameter.name(), parameter.parameter().shape(), () -> values));
    }

    @Override
    public void restore(StateReader state) throws InputException {
        figure.restore(state);
        copies.clear();
        if (state.count("copies") > 0) {
            for (ModelParameter parameter : model.weights().all()) {
                copies.put(
                        parameter,
                        state.floats(parameter.name(), parameter.parameter().shape()));
            }
        }
    }
}
