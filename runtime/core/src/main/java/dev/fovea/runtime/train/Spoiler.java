package dev.fovea.runtime.train;

import dev.fovea.ops.Corrupt;
import dev.fovea.ops.Noise;
import dev.fovea.ops.recipe.DenoisingAutoencoder;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.random.RandomStream;
import java.util.List;

/** Spoils the input of a denoising auto-encoder while it learns, and leaves it whole otherwise. */
final class Spoiler {
    private final Operand output;
    private final Runnable spoil;

    Spoiler(DenoisingAutoencoder method, LayerSource source, StageKernels kernels, Run run, String layer) {
        Operand input = source.values();
        this.output = kernels.tensor("the spoilt input", input.shape());
        this.spoil = switch (method.noise()) {
            case MASKING ->
                onDevice(kernels.bind(new Corrupt(method.corruption()), List.of(input), output, List.of()), run);
            case GAUSSIAN ->
                onDevice(kernels.bind(new Noise(method.corruption()), List.of(input), output, List.of()), run);
            case SALT_AND_PEPPER -> {
                HostRandom.announce(kernels, layer, "salt and pepper");
                yield saltAndPepper(method.corruption(), source, kernels.capacity(), run, layer);
            }
        };
    }

    /** What the layer is to see. */
    Operand output() {
        return output;
    }

    void run() {
        spoil.run();
    }

    private static Runnable onDevice(Kernel kernel, Run run) {
        return () -> kernel.forward(run);
    }

    /** Element i of the batch becomes 0 where its random number is in the lower half of the share, 1 in the upper. */
    private Runnable saltAndPepper(float share, LayerSource source, int capacity, Run run, String layer) {
        int size = source.size();
        float[] values = new float[capacity * size];
        float[] numbers = new float[capacity * size];
        RandomStream stream = RandomStream.named(0, layer + ".salt_and_pepper");
        return () -> {
            int count = run.batch() * size;
            source.read(values, run.batch());
            if (run.training()) {
                new RandomStream(run.seed(), RandomStream.child(stream.stream(), run.step()))
                        .fillUniform(numbers, 0, count, 0, 0, 1);
                for (int i = 0; i < count; i++) {
                    values[i] = numbers[i] < share / 2 ? 0 : numbers[i] < share ? 1 : values[i];
                }
            }
            output.value().memory().write(0, values, 0, count);
        };
    }
}
