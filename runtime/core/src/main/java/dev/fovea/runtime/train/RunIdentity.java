package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Recipe.Phase;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what a run computes, as texts by name: the model, the recipe, the seeds, the data. A checkpoint holds them, and is
 * resumed by a run with the same ones only. What a recipe is made of is found through the components of its records, so that a new
 * entry is compared without a line here.
 *
 * <p>The data are looked at when it is made, which may fail; the texts of the rest are made when they are first asked for, behind the
 * first steps of a run.
 */
final class RunIdentity {
    private final CompiledModel model;
    private final Recipe recipe;
    private final TrainingOptions options;
    private final SortedMap<String, String> ofData = new TreeMap<>();
    private @Nullable SortedMap<String, String> known;

    /**
     * Of a run.
     *
     * @throws FoveaException where the data cannot be read
     */
    RunIdentity(CompiledModel model, Recipe recipe, TrainingOptions options, DataSet training, Optional<DataSet> test)
            throws FoveaException {
        this.model = model;
        this.recipe = recipe;
        this.options = options;
        describe("training data", training, ofData);
        if (test.isPresent()) {
            describe("test data", test.get(), ofData);
        }
    }

    private SortedMap<String, String> facts() {
        SortedMap<String, String> facts = known;
        if (facts == null) {
            facts = new TreeMap<>(ofData);
            addModel(facts);
            addRecipe(facts);
            known = facts;
        }
        return facts;
    }

    private void addModel(SortedMap<String, String> facts) {
        facts.put("model", model.spec().name());
        model.spec().inputs().forEach(port -> facts.put("input " + port.name(), shape(port)));
        model.spec().outputs().forEach(port -> facts.put("output " + port.name(), shape(port)));
        model.layers().forEach(layer -> {
            int end = layer.indexOf(": ");
            facts.merge("layer " + layer.substring(0, end), layer.substring(end + 2), (one, two) -> one + "; " + two);
        });
        facts.put("seed", Long.toString(model.options().seed()));
        options.seed().ifPresent(seed -> facts.put("seed of the data", Long.toString(seed)));
        options.labels().ifPresent(labels -> facts.put("labels", Integer.toString(labels)));
    }

    private void addRecipe(SortedMap<String, String> facts) {
        flatten("target", recipe.targets(), facts);
        if (!recipe.fills().isEmpty()) {
            flatten("init", recipe.fills(), facts);
        }
        for (int i = 0; i < recipe.phases().size(); i++) {
            Phase phase = recipe.phases().get(i);
            flatten(recipe.phases().size() == 1 ? "" : "phase " + (i + 1), phase, facts);
        }
    }

    void save(StateWriter state) {
        facts().forEach(state::text);
    }

    /** What differs from the identity in a checkpoint, a line each. */
    List<String> differences(StateReader state) {
        SortedMap<String, String> facts = facts();
        SortedMap<String, String> stored = state.texts();
        SortedSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(stored.keySet());
        List<String> differences = new ArrayList<>();
        String whole = "";
        for (String name : names) {
            if (!whole.isEmpty() && name.startsWith(whole + " ")) {
                continue; // a part of what is missing as a whole
            }
            String there = stored.get(name);
            String here = facts.get(name);
            if (here == null) {
                differences.add(name + ": " + there + " in the checkpoint, not here");
                whole = name;
            } else if (there == null) {
                differences.add(name + ": " + here + " here, not in the checkpoint");
                whole = name;
            } else if (!here.equals(there)) {
                OpTexts texts = OpTexts.differing(there, here);
                differences.add(name + ": " + texts.one() + " in the checkpoint, " + texts.other() + " here");
            }
        }
        return differences;
    }

    /** Whether a difference is one of the data: of how many samples there are, or what they are. */
    static boolean isOfData(String difference) {
        return difference.startsWith("training data") || difference.startsWith("test data");
    }

    private static void describe(String name, DataSet data, Map<String, String> facts) throws FoveaException {
        facts.put(name, data.size() + " samples");
        for (Field field : data.fields()) {
            facts.put(name + " " + field.name(), field.shape().toString());
        }
        facts.put(name + " content", data.fingerprint());
    }

    private static void flatten(String name, Object value, Map<String, String> facts) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> flatten(name, present, facts));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> flatten(join(name, String.valueOf(key)), entry, facts));
        } else if (value instanceof Collection<?> list && list.stream().anyMatch(RunIdentity::hasParts)) {
            int number = 0;
            for (Object entry : list) {
                flatten(join(name, Integer.toString(++number)), entry, facts);
            }
        } else if (hasParts(value)) {
            if (!name.isEmpty()) {
                facts.put(name, value.getClass().getSimpleName());
            }
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                flatten(join(name, component.getName()), part(value, component), facts);
            }
        } else {
            facts.put(name, String.valueOf(value));
        }
    }

    private static boolean hasParts(Object value) {
        return value instanceof Record;
    }

    private static Object part(Object owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the recipe's " + owner.getClass() + " is not public", e);
        }
    }

    private static String join(String name, String part) {
        return name.isEmpty() ? part : name + " " + part;
    }

    private static String shape(Port port) {
        return port.shape().toString();
    }
}
