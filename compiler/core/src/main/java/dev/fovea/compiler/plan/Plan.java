package dev.fovea.compiler.plan;

import dev.fovea.compiler.pass.Program;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that the emitter writes down.
 *
 * @param program what runs
 * @param calls in forward order
 * @param tensors by node id
 * @param parameters by their place in the graph; those that some call uses
 * @param trainingFloats the arena for training, in floats a sample
 * @param inferenceFloats the arena for inference, in floats a sample
 * @param savedFloats the memory for batch-wide state, in floats
 * @param trainableFloats the memory of the trainable parameters, in floats
 * @param stateFloats the memory of the other parameters, in floats
 */
public record Plan(
        Program program,
        List<PlannedCall> calls,
        Map<Integer, PlannedTensor> tensors,
        Map<Integer, PlannedParameter> parameters,
        long trainingFloats,
        long inferenceFloats,
        long savedFloats,
        long trainableFloats,
        long stateFloats) {
    /** Copies the collections, in the order of their keys. */
    public Plan {
        calls = List.copyOf(calls);
        tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** Bytes that a model built for training allocates at a batch size. */
    public long trainingBytes(int batch, int optimizerSlots) {
        long fixed = savedFloats + (2L + optimizerSlots) * trainableFloats + stateFloats;
        return Math.multiplyExact(4, Math.addExact(Math.multiplyExact(trainingFloats, batch), fixed));
    }

    /** Bytes that a model built for inference allocates at a batch size. */
    public long inferenceBytes(int batch) {
        long fixed = trainableFloats + stateFloats;
        return Math.multiplyExact(4, Math.addExact(Math.multiplyExact(inferenceFloats, batch), fixed));
    }

    /** The text form that tests compare: a line a tensor, then a line a call. */
    public String text() {
        StringBuilder text = new StringBuilder();
        tensors.forEach((id, tensor) -> {
            text.append('%').append(id).append(' ').append(tensor.node().name());
            text.append(' ').append(tensor.node().shape());
            text.append(" value ").append(at(tensor.value()));
            tensor.gradient().ifPresent(place -> text.append(" gradient ").append(at(place)));
            tensor.inference().ifPresent(place -> text.append(" inference ").append(at(place)));
            text.append('\n');
        });
        for (PlannedCall call : calls) {
            text.append(call.call().name()).append(call.elided() ? " (elided)" : "");
            call.inputs().forEach(use -> text.append(use.adds() ? " +%" : " %").append(use.id()));
            text.append(" -> %").append(call.call().output().id());
            call.saved().ifPresent(offset -> text.append(" saved @").append(offset));
            call.savedPerBatch()
                    .ifPresent(offset -> text.append(" saved per batch @").append(offset));
            text.append('\n');
        }
        return text.append("training ")
                .append(trainingFloats)
                .append(", inference ")
                .append(inferenceFloats)
                .append(" floats a sample\n")
                .toString();
    }

    private static String at(Place place) {
        return "@" + place.offset() + (place.within() > 0 ? "+" + place.within() : "");
    }
}
