package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.train.TrainingStep;
import org.junit.jupiter.api.Test;

/** What goes over the bus in a step of training: the batch in and the losses out. */
@RequiresOpenCl
class TrafficTest {
    private static final int BATCH = 8;
    private static final long IMAGES = 2 * 9 * 8 * BATCH * Float.BYTES;
    private static final long LABELS = (long) BATCH * Float.BYTES;
    private static final long LOSSES = (long) BATCH * Float.BYTES;

    /** One sum for each stretch of 4096 gradients, of which this model has one: clipping by the norm asks for it. */
    private static final long NORM = Float.BYTES;

    @Test
    void aStepMovesTheBatchInAndTheLossOut() throws Exception {
        OpenClKernels kernels = (OpenClKernels) TestDevice.open();
        try (SmallNet net = new SmallNet(kernels, BATCH);
                TrainingStep step = new TrainingStep(net, SmallNet.RECIPE, SmallNet.RECIPE.lastPhase())) {
            step(net, step, 0);
            ClTraffic traffic = kernels.traffic();
            for (int i = 1; i < 4; i++) {
                long in = traffic.bytesIn();
                long out = traffic.bytesOut();
                step(net, step, i);
                assertThat(traffic.bytesIn() - in).isEqualTo(IMAGES + LABELS);
                assertThat(traffic.bytesOut() - out).isEqualTo(LOSSES + NORM);
            }
        }
    }

    private static void step(SmallNet net, TrainingStep step, int number) {
        net.feed(step, number);
        step.forward(BATCH);
        step.backward(0.01f);
    }
}
