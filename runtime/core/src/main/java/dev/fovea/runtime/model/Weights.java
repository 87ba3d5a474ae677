package dev.fovea.runtime.model;

import dev.fovea.ops.Initializer;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsFile;
import dev.fovea.runtime.io.SafetensorsWriter;
import dev.fovea.runtime.io.StoredTensor;
import dev.fovea.runtime.kernels.Memory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a model by name, running statistics included. */
public final class Weights {
    private final ModelSpec spec;
    private final ModelMemory memory;
    private final Set<String> written = new HashSet<>();

    Weights(ModelSpec spec, ModelMemory memory) {
        this.spec = spec;
        this.memory = memory;
    }

    /** The parameters in the order of the model. */
    public List<ModelParameter> all() {
        return spec.parameters();
    }

    /** The parameter of a name. */
    public Optional<ModelParameter> find(String name) {
        return all().stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /** Fills every parameter by its initialiser; each has a random stream of its own, named by it. */
    public void initialize(long seed) {
        for (ModelParameter parameter : all()) {
            write(parameter, Initialization.values(parameter, seed));
        }
        written.clear();
    }

    /** Fills one parameter by another initialiser than its own, from the same random stream. */
    public void initialize(ModelParameter parameter, Initializer initializer, long seed) {
        write(parameter, Initialization.values(parameter, initializer, seed));
    }

    /** Whether nobody has set a parameter since {@link #initialize(long)}; what training does to it does not count. */
    public boolean isInitial(ModelParameter parameter) {
        return !written.contains(parameter.name());
    }

    /** What {@link #initialize} fills a parameter with: a function of the seed and of the parameter's name. */
    public static float[] initialValues(ModelParameter parameter, long seed) {
        return Initialization.values(parameter, seed);
    }

    /** The values of a parameter, in PyTorch's layout. */
    public float[] read(ModelParameter parameter) {
        float[] values = new float[size(parameter)];
        memory(parameter).read(parameter.offset(), values, 0, values.length);
        return values;
    }

    /** Sets the values of a parameter, in PyTorch's layout. What its connection table leaves out stays zero. */
    public void write(ModelParameter parameter, float[] values) {
        if (values.length != size(parameter)) {
            throw new IllegalArgumentException(
                    parameter.name() + " has " + size(parameter) + " elements, not " + values.length);
        }
        float[] connected = values;
        if (!parameter.parameter().connections().isEmpty()) {
            connected = values.clone();
            parameter.parameter().clearUnconnected(connected);
        }
        memory(parameter).write(parameter.offset(), connected, 0, connected.length);
        written.add(parameter.name());
    }

    /**
     * The gradient of a trainable parameter after a backward pass.
     *
     * @throws IllegalStateException when the model was built for inference or the parameter is not trainable
     */
    public float[] readGradient(ModelParameter parameter) {
        Memory gradients = memory.gradients();
        if (gradients == null || !parameter.parameter().isTrainable()) {
            throw new IllegalStateException(parameter.name() + " has no gradient here");
        }
        float[] values = new float[size(parameter)];
        gradients.read(parameter.offset(), values, 0, values.length);
        return values;
    }

    void save(Path file) throws InputException {
        List<StoredTensor> tensors = new ArrayList<>();
        for (ModelParameter parameter : all()) {
            tensors.add(
                    StoredTensor.floats(parameter.name(), extents(parameter), () -> FloatBuffer.wrap(read(parameter))));
        }
        SafetensorsWriter.write(file, tensors, Map.of("model", spec.name()));
    }

    void load(Path file) throws InputException {
        try (SafetensorsFile stored = SafetensorsFile.open(file)) {
            List<SafetensorsFile.Entry> entries = new ArrayList<>();
            for (ModelParameter parameter : all()) {
                entries.add(stored.requireAlike(parameter.name(), extents(parameter)));
            }
            for (int i = 0; i < entries.size(); i++) {
                float[] values = new float[size(all().get(i))];
                stored.readFloats(entries.get(i), values, 0);
                write(all().get(i), values);
            }
        }
    }

    /**
     * Reads what fits from a safetensors file by name and shape, and leaves the other parameters as they are: to begin with weights
     * that were trained for another task. F64, F16 and BF16 become F32.
     *
     * @return what was taken and what was not
     * @throws InputException when it cannot be read
     */
    public FittingWeights loadFitting(Path file) throws InputException {
        try (SafetensorsFile stored = SafetensorsFile.open(file)) {
            FittingWeights fitting = FittingWeights.of(stored, all());
            Set<String> loaded = Set.copyOf(fitting.loaded());
            for (ModelParameter parameter : all()) {
                if (loaded.contains(parameter.name())) {
                    float[] values = new float[size(parameter)];
                    stored.readFloats(stored.require(parameter.name()), values, 0);
                    write(parameter, values);
                }
            }
            return fitting;
        }
    }

    private Memory memory(ModelParameter parameter) {
        return parameter.parameter().isTrainable() ? memory.parameters() : memory.state();
    }

    private static int size(ModelParameter parameter) {
        return Math.toIntExact(parameter.parameter().shape().size());
    }

    static List<Long> extents(ModelParameter parameter) {
        return parameter.parameter().shape().extents().stream()
                .map(Integer::longValue)
                .toList();
    }
}
