package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.train.ConfusionMatrix;
import dev.fovea.runtime.train.Evaluator;
import dev.fovea.runtime.train.Progress;
import dev.fovea.runtime.train.Score;
import dev.fovea.runtime.train.Trainer;
import dev.fovea.runtime.train.TrainingListener;
import dev.fovea.runtime.train.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes over the bus in a step of training: the batch in and the losses out, whatever is counted beside them. */
@RequiresOpenCl
class TrafficTest {
    private static final int BATCH = 8;
    private static final int SAMPLES = 5 * BATCH;
    private static final int CLASSES = SmallNet.CLASSES;
    private static final long IMAGES = (long) SmallData.LENGTH * BATCH * Float.BYTES;
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

    /** An epoch with metrics: what they look at stays on the device, and the counts are read when the epoch is over. */
    @Test
    void metricsAreCountedOnTheDevice() throws Exception {
        OpenClKernels kernels = (OpenClKernels) TestDevice.open();
        List<Long> out = new ArrayList<>();
        try (SmallNet net = new SmallNet(kernels, BATCH)) {
            new Trainer(net, SmallNet.RECIPE).train(SmallData.of(SAMPLES), Optional.empty(), new TrainingListener() {
                @Override
                public void step(Progress progress) {
                    out.add(kernels.traffic().bytesOut());
                }
            });
            for (int i = 2; i < out.size(); i++) {
                assertThat(out.get(i) - out.get(i - 1)).isEqualTo(LOSSES + NORM);
            }
            assertThat(out).hasSize(SAMPLES / BATCH);

            long before = kernels.traffic().bytesOut();
            Score score = Evaluator.evaluate(net, SmallNet.RECIPE, SmallData.of(SAMPLES));
            long counts = (CLASSES + 1 + CLASSES * (CLASSES + 1)) * (long) Float.BYTES;
            assertThat(kernels.traffic().bytesOut() - before).isEqualTo(SAMPLES / BATCH * LOSSES + counts);
            long[][] pairs = pairs(net);
            long right = 0;
            for (int label = 0; label < CLASSES; label++) {
                right += pairs[label][label];
            }
            assertThat(score.metrics()).containsEntry("accuracy", (double) right / SAMPLES);
            ConfusionMatrix counted = score.confusion().orElseThrow();
            for (int label = 0; label < CLASSES; label++) {
                for (int as = 0; as < CLASSES; as++) {
                    assertThat(counted.count(label, as)).isEqualTo(pairs[label][as]);
                }
            }
        }
    }

    private static void step(SmallNet net, TrainingStep step, int number) {
        net.feed(step, number);
        step.forward(BATCH);
        step.backward(0.01f);
    }

    /** What the net takes for what, judged here. */
    private static long[][] pairs(SmallNet net) {
        long[][] pairs = new long[CLASSES][CLASSES];
        float[] images = SmallData.images(SAMPLES);
        float[] labels = SmallData.labels(SAMPLES);
        int length = SmallData.LENGTH;
        float[] logits = new float[BATCH * CLASSES];
        for (int first = 0; first < SAMPLES; first += BATCH) {
            net.write(
                    net.spec().inputs().get(0),
                    Arrays.copyOfRange(images, first * length, (first + BATCH) * length),
                    BATCH);
            net.forward(BATCH, false);
            net.read(net.spec().outputs().get(0), logits, BATCH);
            for (int i = 0; i < BATCH; i++) {
                int largest = 0;
                for (int c = 1; c < CLASSES; c++) {
                    largest = logits[i * CLASSES + c] > logits[i * CLASSES + largest] ? c : largest;
                }
                pairs[(int) labels[first + i]][largest]++;
            }
        }
        return pairs;
    }
}
