package dev.fovea.runtime.train;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.Batch;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.Mixing;
import dev.fovea.runtime.data.Pipeline;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Recipe.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which field of a data set goes to which input and target: the one of the same name, else the next one of the same kind that nobody has
 * claimed by name (numbers for inputs and plain targets, classes for class targets).
 */
final class Feed {
    private final CompiledModel model;
    private final Map<Port, Integer> inputs = new LinkedHashMap<>();
    private final Map<String, Integer> targets = new LinkedHashMap<>();
    private final Map<String, List<String>> classes = new LinkedHashMap<>();
    private final List<Pipeline> pipelines = new ArrayList<>();
    private final Map<String, float[]> others = new LinkedHashMap<>();
    private final Optional<Mixing> mixing;
    private long floats;
    private @Nullable Batch loaded;

    /**
     * @param wanted the targets that losses or metrics look at
     * @throws FoveaException where the data set lacks a field or its shape is another
     */
    Feed(CompiledModel model, List<Target> wanted, DataSet data, Map<String, List<Augmentation>> augmentations)
            throws FoveaException {
        this.model = model;
        Set<String> mixed = new LinkedHashSet<>();
        List<Field> fields = data.fields();
        List<String> named = new ArrayList<>();
        model.spec().inputs().forEach(port -> named.add(port.name()));
        wanted.forEach(target -> named.add(target.name()));
        List<Field> spare = new ArrayList<>(
                fields.stream().filter(field -> !named.contains(field.name())).toList());
        for (Port port : model.spec().inputs()) {
            Field field = claim(fields, spare, port.name(), "input", false);
            Pipeline pipeline = pipeline(field, augmentations.getOrDefault(port.name(), List.of()));
            checkShape("input `" + port.name() + "`", port.shape(), field, pipeline.output(field.shape()));
            checkShape(
                    "input `" + port.name() + "`",
                    port.shape(),
                    field,
                    pipeline.atEvaluation().output(field.shape()));
            inputs.put(port, fields.indexOf(field));
            floats += port.shape().size() * model.options().batch();
            pipelines.add(pipeline);
            if (Mixes.any(augmentations.getOrDefault(port.name(), List.of()))) {
                mixed.add(field.name());
            }
        }
        this.mixing = Mixes.alpha(augmentations.values()).map(alpha -> new Mixing(alpha, mixed));
        for (Target target : wanted) {
            Field field = claim(
                    fields, spare, target.name(), "target", target.classes().isPresent());
            checkShape("target `" + target.name() + "`", target.shape(), field, field.shape());
            checkClasses(target, field);
            targets.put(target.name(), fields.indexOf(field));
            floats += field.length()
                    * (mixing.isPresent() ? 2L : 1L)
                    * model.options().batch();
            if (field instanceof Field.Classes held) {
                classes.put(target.name(), held.names());
            }
            if (mixing.isPresent()) {
                others.put(target.name(), new float[model.options().batch() * field.length()]);
            }
        }
    }

    /** The inputs that are fed. */
    Set<Port> inputs() {
        return inputs.keySet();
    }

    /** What goes to the device in a full batch. */
    long floats() {
        return floats;
    }

    /** What the classes of the targets are called, by the target's name. */
    Map<String, List<String>> classes() {
        return classes;
    }

    /** What happens to the inputs on their way. */
    List<Pipeline> pipelines() {
        return pipelines;
    }

    /** How the samples of a batch are mixed while training, if they are. */
    Optional<Mixing> mixing() {
        return mixing;
    }

    /** Copies a batch into the model and the losses. */
    void load(Batch batch, Objective objective) {
        objective.mix(batch.share());
        inputs.forEach((port, field) -> model.write(port, batch.values(field), batch.size()));
        targets.forEach((name, field) -> objective.target(name, batch.values(field), batch.size()));
        if (batch.share() != 1) {
            targets.forEach((name, field) -> objective.otherTarget(name, gather(name, batch, field), batch.size()));
        }
        loaded = batch;
    }

    /** The values of a field of those samples that each is mixed with. */
    private float[] gather(String target, Batch batch, int field) {
        float[] into = Objects.requireNonNull(others.get(target));
        float[] from = batch.values(field);
        int length = into.length / model.options().batch();
        for (int sample = 0; sample < batch.size(); sample++) {
            System.arraycopy(from, batch.partner(sample) * length, into, sample * length, length);
        }
        return into;
    }

    /** How much the samples' own targets count in the batch loaded last; 1 where nothing is mixed. */
    float share() {
        return loaded == null ? 1 : loaded.share();
    }

    /**
     * As {@link #target}: that of the sample which each is mixed with. An input that serves as a target is mixed itself, and has no other.
     */
    float[] otherTarget(String name) {
        float[] other = others.get(name);
        return other == null ? target(name) : other;
    }

    /**
     * The values of a target, or of an input that serves as one, in the batch loaded last.
     *
     * @throws IllegalArgumentException where there is no such target
     */
    float[] target(String name) {
        Integer field = targets.get(name);
        for (Map.Entry<Port, Integer> input : inputs.entrySet()) {
            if (field == null && input.getKey().name().equals(name)) {
                field = input.getValue();
            }
        }
        if (field == null || loaded == null) {
            throw new IllegalArgumentException("no target `" + name + "` in this batch");
        }
        return loaded.values(field);
    }

    private static Field claim(List<Field> fields, List<Field> spare, String name, String role, boolean classes)
            throws FoveaException {
        for (Field field : fields) {
            if (field.name().equals(name) && field instanceof Field.Classes == classes) {
                return field;
            }
        }
        for (Field field : spare) {
            if (field instanceof Field.Classes == classes) {
                spare.remove(field);
                return field;
            }
        }
        throw new FoveaException(
                "the data set has no " + (classes ? "classes" : "numbers") + " for the " + role + " `" + name + "`",
                List.of("its fields are "
                        + String.join(
                                ", ",
                                fields.stream()
                                        .map(field -> "`" + field.name() + "` " + field.shape())
                                        .toList())));
    }

    private static void checkClasses(Target target, Field field) throws FoveaException {
        int most = target.classes().orElse(Integer.MAX_VALUE);
        if (field instanceof Field.Classes classes && classes.count() > most) {
            throw new FoveaException(
                    "the data set has " + classes.count() + " classes, but the target is `" + target.name() + ": class("
                            + most + ")`",
                    List.of("declare class(" + classes.count() + ") and as many outputs"));
        }
    }

    private static Pipeline pipeline(Field field, List<Augmentation> augmentations) throws FoveaException {
        try {
            return Pipeline.of(field.name(), field.shape(), augmentations);
        } catch (IllegalArgumentException e) {
            throw new FoveaException(
                    "the augmentation does not suit the data set's `" + field.name() + "` " + field.shape() + ": "
                            + e.getMessage(),
                    List.of());
        }
    }

    private static void checkShape(String port, Shape wanted, Field field, Shape given) throws FoveaException {
        if (!given.equals(wanted)) {
            String augmented = given.equals(field.shape()) ? "" : ", " + given + " after augmentation";
            throw new FoveaException(
                    "the data set's `" + field.name() + "` is " + field.shape() + augmented + ", the " + port + " is "
                            + wanted,
                    List.of());
        }
    }
}
