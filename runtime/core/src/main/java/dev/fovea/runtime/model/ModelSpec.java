package dev.fovea.runtime.model;

import java.util.List;
import java.util.Optional;

/**
 * The facts of a generated class.
 *
 * @param name of the model
 * @param source the file it was generated from
 * @param inputs in the order of the file
 * @param outputs in the order of the file; what only a recipe's loss looks at comes last, as train-only
 * @param parameters in the order of first use
 * @param trainingFloats the arena for training, in floats a sample
 * @param inferenceFloats the arena for inference, in floats a sample
 * @param savedFloats what batch-wide operators keep for backward, in floats
 * @param trainableFloats the memory of the trainable parameters; their gradients and each optimizer slot take as much
 * @param stateFloats the memory of the other parameters
 */
public record ModelSpec(
        String name,
        String source,
        List<Port> inputs,
        List<Port> outputs,
        List<ModelParameter> parameters,
        long trainingFloats,
        long inferenceFloats,
        long savedFloats,
        long trainableFloats,
        long stateFloats) {
    /** Copies the lists. */
    public ModelSpec {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        parameters = List.copyOf(parameters);
    }

    /** The input of a name. */
    public Optional<Port> input(String wanted) {
        return inputs.stream().filter(p -> p.name().equals(wanted)).findFirst();
    }

    /** The output of a name. */
    public Optional<Port> output(String wanted) {
        return outputs.stream().filter(p -> p.name().equals(wanted)).findFirst();
    }

    /** The first output that is not train-only: what a model is asked for. */
    public Port mainOutput() {
        return outputs.stream()
                .filter(port -> !port.trainOnly())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " has only train-only outputs"));
    }

    /** The trainable parameters at inference, as papers count them. */
    public long parameterCount() {
        return parameters.stream()
                .filter(p -> !p.trainOnly())
                .mapToLong(p -> p.parameter().count())
                .sum();
    }

    /** Bytes that a model built for training allocates at a batch size, the optimizer's slots included. */
    public long trainingBytes(int batch, int optimizerSlots) {
        return 4 * (trainingFloats * batch + savedFloats + (2L + optimizerSlots) * trainableFloats + stateFloats);
    }

    /** Bytes that a model built for inference allocates at a batch size. */
    public long inferenceBytes(int batch) {
        return 4 * (inferenceFloats * batch + trainableFloats + stateFloats);
    }
}
