package dev.fovea.cli;

import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsFile;
import dev.fovea.runtime.io.SafetensorsFile.Entry;
import dev.fovea.runtime.io.SafetensorsWriter;
import dev.fovea.runtime.io.StoredTensor;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelBuilder;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.Objective;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.Recipe.LossTerm;
import dev.fovea.runtime.train.Recipe.Target;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass of a model over the tensors of a file, without an optimizer. */
final class Eval {
    /** In front of the name of what a gradient belongs to. */
    private static final String GRADIENT = "grad.";

    private static final String STATE = "state.";

    /** A counter in PyTorch's files that nothing here needs. */
    private static final String BATCHES = "num_batches_tracked";

    /**
     * How the pass is made.
     *
     * @param recipe whose loss; empty for the default one
     * @param train batch statistics, dropout, train-only outputs
     * @param gradients whether backward runs
     */
    record Options(String recipe, boolean train, boolean gradients, String device, int threads, long seed) {}

    private final LoadedModel loaded;
    private final SafetensorsFile tensors;
    private final Options options;
    private final List<StoredTensor> results = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    private Eval(LoadedModel loaded, SafetensorsFile tensors, Options options) {
        this.loaded = loaded;
        this.tensors = tensors;
        this.options = options;
    }

    /**
     * Runs the pass and writes its results.
     *
     * @throws FoveaException when the file lacks something or holds it in another shape
     */
    static void run(LoadedModel loaded, SafetensorsFile tensors, Path out, Options options, Console console)
            throws FoveaException {
        Eval eval = new Eval(loaded, tensors, options);
        eval.run();
        eval.unused()
                .forEach(name -> console.message("warning: `" + name + "` in " + tensors.path()
                        + " is neither an input, a parameter, a target nor a" + " gradient of `"
                        + loaded.spec().name() + "`; it was left out"));
        SafetensorsWriter.write(out, eval.results, Map.of());
    }

    private void run() throws FoveaException {
        int batch = batch();
        ModelBuilder<? extends CompiledModel> builder = loaded.builder()
                .device(options.device())
                .threads(options.threads())
                .batch(batch)
                .seed(options.seed());
        if (options.gradients()) {
            builder = builder.inputGradients();
        } else if (!options.train()) {
            builder = builder.inference();
        }
        try (CompiledModel model = builder.build()) {
            for (Port input : model.spec().inputs()) {
                model.write(input, floats(input.name(), withBatch(batch, input.shape())), batch);
            }
            readParameters(model);
            forwardAndBackward(model, batch);
            if (options.train()) {
                writeState(model);
            }
        }
    }

    private void forwardAndBackward(CompiledModel model, int batch) throws FoveaException {
        Optional<Recipe> recipe = recipe();
        List<LossTerm> terms = recipe.map(this::terms).orElse(List.of());
        List<Target> targets = recipe.map(r -> targets(r, terms)).orElse(List.of());
        boolean hasLoss = !terms.isEmpty() && targets.stream().allMatch(target -> has(target.name()));
        boolean upstream = outputs(model).stream().anyMatch(port -> has(GRADIENT + port.name()));
        if (options.gradients() && !hasLoss && !upstream) {
            throw InputException.of(
                    tensors.path(),
                    "--grad needs something to start from: neither the targets of a loss nor a `grad.OUTPUT` is in the file",
                    targets.isEmpty()
                            ? "put in `grad." + outputs(model).get(0).name() + "`, as large as the output"
                            : "put in the targets: "
                                    + String.join(
                                            ", ",
                                            targets.stream().map(Target::name).toList()));
        }
        try (Objective objective =
                new Objective(model, hasLoss ? targets : List.of(), hasLoss ? terms : List.of(), options.gradients())) {
            if (hasLoss) {
                for (Target target : targets) {
                    objective.target(target.name(), target(target, batch), batch);
                }
            }
            model.forward(batch, options.train());
            for (Port output : outputs(model)) {
                float[] values =
                        new float[Math.toIntExact(batch * output.shape().size())];
                model.read(output, values, batch);
                store(output.name(), withBatch(batch, output.shape()), values);
            }
            if (hasLoss) {
                store("loss", List.of(), new float[] {(float) objective.loss(batch)});
            }
            if (options.gradients()) {
                if (upstream) {
                    writeUpstream(model, batch);
                } else {
                    objective.backward();
                }
                model.backward();
                writeGradients(model, batch);
            }
        }
    }

    /** The samples in the file: the first extent of the first input. */
    private int batch() throws FoveaException {
        String name = loaded.spec().inputs().get(0).name();
        Entry entry = tensors.require(name);
        if (entry.shape().isEmpty() || entry.shape().get(0) < 1 || entry.shape().get(0) > Integer.MAX_VALUE) {
            throw InputException.at(
                    tensors.path(),
                    entry.begin(),
                    "the tensor `" + name + "` has the shape " + entry.shape() + ": its first axis must be the batch");
        }
        return Math.toIntExact(entry.shape().get(0));
    }

    private Optional<Recipe> recipe() throws FoveaException {
        if (loaded.recipes().isEmpty() && options.recipe().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(loaded.recipe(options.recipe()));
    }

    /** The terms of the last phase that look at outputs which exist here. */
    private List<LossTerm> terms(Recipe recipe) {
        return recipe.lastPhase().losses().stream()
                .filter(term -> options.train()
                        || loaded.spec().output(term.output()).stream().noneMatch(Port::trainOnly))
                .toList();
    }

    private static List<Target> targets(Recipe recipe, List<LossTerm> terms) {
        Set<String> names = new LinkedHashSet<>();
        terms.forEach(term -> names.add(term.target()));
        return recipe.targets().stream()
                .filter(target -> names.contains(target.name()))
                .toList();
    }

    private List<Port> outputs(CompiledModel model) {
        return model.spec().outputs().stream()
                .filter(port -> options.train() || !port.trainOnly())
                .toList();
    }

    private void readParameters(CompiledModel model) throws FoveaException {
        for (ModelParameter named : model.spec().parameters()) {
            Parameter parameter = named.parameter();
            boolean needed = parameter.isTrainable() && (options.train() || !named.trainOnly());
            if (needed || has(named.name())) {
                model.weights().write(named, weights(named.name(), extents(parameter.shape())));
            }
        }
    }

    private float[] target(Target target, int batch) throws FoveaException {
        List<Long> shape = withBatch(batch, target.shape());
        if (target.classes().isEmpty()) {
            return floats(target.name(), shape);
        }
        // One class a sample is `[batch]`, as PyTorch has it.
        List<Long> expected = target.shape().equals(Shape.of(1)) ? List.of((long) batch) : shape;
        Entry entry = require(target.name(), expected);
        long[] classes = new long[Math.toIntExact(entry.size())];
        tensors.readLongs(entry, classes, 0);
        float[] values = new float[classes.length];
        for (int i = 0; i < values.length; i++) {
            if (classes[i] < 0 || classes[i] >= target.classes().get()) {
                throw InputException.at(
                        tensors.path(),
                        entry.begin() + (long) i * entry.type().bytes(),
                        "`" + target.name() + "` holds " + classes[i] + ", but there are "
                                + target.classes().get() + " classes, 0 to "
                                + (target.classes().get() - 1));
            }
            values[i] = classes[i];
        }
        return values;
    }

    /** Each output's gradient from the file, or zero; outputs that are one tensor get the sum. */
    private void writeUpstream(CompiledModel model, int batch) throws FoveaException {
        for (Port output : model.spec().outputs()) {
            fill(
                    model.gradient(output),
                    output.shape(),
                    new float[Math.toIntExact(batch * output.shape().size())]);
        }
        for (Port output : outputs(model)) {
            Region region = model.gradient(output);
            if (!has(GRADIENT + output.name()) || region == null) {
                continue;
            }
            float[] values = floats(GRADIENT + output.name(), withBatch(batch, output.shape()));
            float[] before = new float[values.length];
            read(region, output.shape(), before);
            for (int i = 0; i < values.length; i++) {
                values[i] += before[i];
            }
            fill(region, output.shape(), values);
        }
    }

    private void writeGradients(CompiledModel model, int batch) {
        for (ModelParameter parameter : model.spec().parameters()) {
            if (parameter.parameter().isTrainable() && (options.train() || !parameter.trainOnly())) {
                store(
                        GRADIENT + parameter.name(),
                        extents(parameter.parameter().shape()),
                        model.weights().readGradient(parameter));
            }
        }
        for (Port input : model.spec().inputs()) {
            float[] values = new float[Math.toIntExact(batch * input.shape().size())];
            read(model.gradient(input), input.shape(), values);
            store(GRADIENT + input.name(), withBatch(batch, input.shape()), values);
        }
    }

    private void writeState(CompiledModel model) {
        for (ModelParameter parameter : model.spec().parameters()) {
            if (parameter.parameter().role() == Parameter.Role.STATE) {
                store(
                        STATE + parameter.name(),
                        extents(parameter.parameter().shape()),
                        model.weights().read(parameter));
            }
        }
    }

    private List<String> unused() {
        return tensors.entries().stream()
                .map(Entry::name)
                .filter(name -> !used.contains(name) && !name.endsWith(BATCHES))
                .sorted()
                .toList();
    }

    private boolean has(String name) {
        return tensors.find(name).isPresent();
    }

    private Entry require(String name, List<Long> shape) throws FoveaException {
        used.add(name);
        return tensors.require(name, shape);
    }

    private float[] weights(String name, List<Long> shape) throws FoveaException {
        used.add(name);
        return floats(tensors.requireAlike(name, shape));
    }

    private float[] floats(String name, List<Long> shape) throws FoveaException {
        return floats(require(name, shape));
    }

    private float[] floats(Entry entry) throws FoveaException {
        float[] values = new float[Math.toIntExact(entry.size())];
        tensors.readFloats(entry, values, 0);
        return values;
    }

    private void store(String name, List<Long> shape, float[] values) {
        results.add(StoredTensor.floats(name, shape, () -> FloatBuffer.wrap(values)));
    }

    private static void fill(@Nullable Region region, Shape shape, float[] values) {
        if (region == null) {
            return;
        }
        int size = Math.toIntExact(shape.size());
        for (int i = 0; i * size < values.length; i++) {
            region.memory().write(region.at(i), values, i * size, size);
        }
    }

    /** Zeros where there is no gradient: nothing that is computed depends on it. */
    private static void read(@Nullable Region region, Shape shape, float[] values) {
        if (region == null) {
            return;
        }
        int size = Math.toIntExact(shape.size());
        for (int i = 0; i * size < values.length; i++) {
            region.memory().read(region.at(i), values, i * size, size);
        }
    }

    private static List<Long> withBatch(int batch, Shape shape) {
        List<Long> extents = new ArrayList<>(List.of((long) batch));
        extents.addAll(extents(shape));
        return extents;
    }

    private static List<Long> extents(Shape shape) {
        return shape.extents().stream().map(Integer::longValue).toList();
    }
}
