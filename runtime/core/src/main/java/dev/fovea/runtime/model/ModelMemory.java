package dev.fovea.runtime.model;

import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import org.jspecify.annotations.Nullable;

/** The blocks of one model on its device. Allocation is all or nothing: what was allocated before a failure is freed. */
final class ModelMemory implements AutoCloseable {
    private final Arena arena;
    private final Memory parameters;
    private final Memory state;
    private final @Nullable Memory gradients;
    private final @Nullable Memory saved;
    private final @Nullable Memory inputGradients;
    private final boolean ownsWeights;

    private ModelMemory(
            Arena arena,
            Memory parameters,
            Memory state,
            @Nullable Memory gradients,
            @Nullable Memory saved,
            @Nullable Memory inputGradients,
            boolean ownsWeights) {
        this.ownsWeights = ownsWeights;
        this.arena = arena;
        this.parameters = parameters;
        this.state = state;
        this.gradients = gradients;
        this.saved = saved;
        this.inputGradients = inputGradients;
    }

    static ModelMemory allocate(Kernels kernels, ModelSpec spec, BuildOptions options) {
        int batch = options.batch();
        if (options.weightsOf().isPresent()) {
            return onWeightsOf(options.weightsOf().get(), kernels, spec, batch);
        }
        Allocation allocation = new Allocation(kernels);
        try {
            Memory parameters = allocation.take("parameters", spec.trainableFloats());
            Memory state = allocation.take("running statistics", spec.stateFloats());
            if (!options.training()) {
                Arena arena = Arena.allocate(
                        kernels.keepsSamplesTogether(), spec.inferenceFloats(), batch, allocation::takeInPieces);
                return new ModelMemory(arena, parameters, state, null, null, null, true);
            }
            Memory gradients = allocation.take("gradients", spec.trainableFloats());
            Memory saved = allocation.take("batch statistics", spec.savedFloats());
            Arena arena = Arena.allocate(
                    kernels.keepsSamplesTogether(), spec.trainingFloats(), batch, allocation::takeInPieces);
            long inputs =
                    spec.inputs().stream().mapToLong(p -> p.shape().size()).sum();
            Memory inputGradients = options.inputGradients()
                    ? allocation.takeInPieces("gradients of the inputs", inputs * batch)
                    : null;
            return new ModelMemory(arena, parameters, state, gradients, saved, inputGradients, true);
        } catch (RuntimeException e) {
            allocation.close();
            throw e;
        }
    }

    private static ModelMemory onWeightsOf(CompiledModel original, Kernels kernels, ModelSpec spec, int batch) {
        if (!original.spec().equals(spec)) {
            throw new IllegalArgumentException(spec.name() + " cannot use the weights of a "
                    + original.spec().name());
        }
        if (!kernels.sharesMemory() || !original.kernels().sharesMemory()) {
            throw new DeviceException("two models cannot use one memory on this device: " + kernels.description());
        }
        Arena arena = Arena.allocate(
                kernels.keepsSamplesTogether(), spec.inferenceFloats(), batch, kernels::allocateInPieces);
        ModelMemory weights = original.memory();
        return new ModelMemory(arena, weights.parameters, weights.state, null, null, null, false);
    }

    Arena arena() {
        return arena;
    }

    Memory parameters() {
        return parameters;
    }

    Memory state() {
        return state;
    }

    @Nullable
    Memory gradients() {
        return gradients;
    }

    @Nullable
    Memory saved() {
        return saved;
    }

    @Nullable
    Memory inputGradients() {
        return inputGradients;
    }

    @Override
    public void close() {
        arena.close();
        if (ownsWeights) {
            parameters.close();
            state.close();
        }
        if (gradients != null) {
            gradients.close();
        }
        if (saved != null) {
            saved.close();
        }
        if (inputGradients != null) {
            inputGradients.close();
        }
    }
}
