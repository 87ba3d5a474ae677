package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import java.util.ArrayList;
import java.util.List;

/** A confusion matrix in a checkpoint: the names, and of each count that is not 0 its place and itself. */
final class ConfusionText {
    private ConfusionText() {}

    static void save(ConfusionMatrix matrix, StateWriter state) {
        state.whole("classes", matrix.classes());
        for (int i = 0; i < matrix.classes(); i++) {
            state.text("name " + i, matrix.names().get(i));
        }
        for (int i = 0; i < matrix.all().size(); i++) {
            state.text("counts " + i, text(matrix.all().get(i)));
        }
    }

    /** Sets the counts of a matrix of the same classes. */
    static void restore(ConfusionMatrix matrix, StateReader state) throws InputException {
        if (state.count("classes") != matrix.classes()) {
            throw state.broken("classes", state.text("classes"));
        }
        matrix.clear();
        List<long[]> all = matrix.all();
        for (int i = 0; i < all.size(); i++) {
            read("counts " + i, state, all.get(i));
        }
    }

    /** A matrix of its own. */
    static ConfusionMatrix read(StateReader state) throws InputException {
        int classes = state.count("classes");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            names.add(state.text("name " + i));
        }
        ConfusionMatrix matrix = new ConfusionMatrix(names);
        restore(matrix, state);
        return matrix;
    }

    private static String text(long[] counts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                text.append(text.isEmpty() ? "" : " ").append(i).append('=').append(counts[i]);
            }
        }
        return text.toString();
    }

    private static void read(String name, StateReader state, long[] into) throws InputException {
        String text = state.text(name);
        if (text.isEmpty()) {
            return;
        }
        for (String pair : text.split(" ", -1)) {
            int equals = pair.indexOf('=');
            try {
                into[Integer.parseInt(pair, 0, equals, 10)] = Long.parseLong(pair, equals + 1, pair.length(), 10);
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw state.broken(name, pair);
            }
        }
    }
}
