package dev.fovea.runtime.model;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands around every layer of a model. As a rule it does nothing; while it is open it looks for the first layer whose values are not
 * finite, and in a run that goes up to a layer it leaves out those behind.
 */
final class Probe {
    private boolean open;
    private @Nullable NonFiniteLayer found;

    /**
     * The kernel with the probe around its forward.
     *
     * @param number of the layer, in the order of forward
     */
    Kernel watch(Kernel kernel, int number, String name, String operator, Shape shape, Region output) {
        return new Watched(this, kernel, number, name, operator, shape, output);
    }

    /** Runs a forward pass with the probe open. */
    Optional<NonFiniteLayer> during(Runnable forward) {
        found = null;
        open = true;
        try {
            forward.run();
            return Optional.ofNullable(found);
        } finally {
            open = false;
        }
    }

    private void look(Watched layer, Run run) {
        if (found != null) {
            return;
        }
        float[] values = new float[Math.toIntExact(layer.shape().size() * run.batch())];
        Transfer.read(layer.output(), layer.shape(), values, run.batch());
        NonFiniteLayer looked = NonFiniteLayer.of(layer.name(), layer.operator(), values);
        if (looked.notNumbers() + looked.infinite() > 0) {
            found = looked;
        }
    }

    private record Watched(
            Probe probe, Kernel kernel, int number, String name, String operator, Shape shape, Region output)
            implements Kernel {
        @Override
        public void forward(Run run) {
            if (!run.reaches(number)) {
                return;
            }
            kernel.forward(run);
            if (probe.open) {
                probe.look(this, run);
            }
        }

        @Override
        public void backward(Run run) {
            kernel.backward(run);
        }
    }
}
