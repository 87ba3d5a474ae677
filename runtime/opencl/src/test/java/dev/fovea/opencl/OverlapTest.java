package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.train.Progress;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.Recipe.Phase;
import dev.fovea.runtime.train.Trainer;
import dev.fovea.runtime.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Training whose batches are moved to the device while it computes, against training whose batches wait. */
@RequiresOpenCl
class OverlapTest {
    private static final int BATCH = 8;

    /** The last batch of an epoch is a short one. */
    private static final int SAMPLES = 5 * BATCH - 3;

    private static final int EPOCHS = 3;
    private static final long SAMPLE_BYTES = (SmallData.LENGTH + 1L) * Float.BYTES;

    @BeforeEach
    void overlap() {
        on();
    }

    private static void on() {
        System.setProperty(OpenClKernels.OVERLAP, "on");
    }

    @AfterEach
    void nothingIsLeftOpen() {
        System.clearProperty(OpenClKernels.OVERLAP);
        assertThat(ClHandle.open()).isEmpty();
    }

    /** Whether the norm of the gradients is clipped, which makes the host wait in the middle of a step, or not. */
    private static Recipe recipe(boolean clipped) {
        Phase phase = SmallNet.RECIPE.lastPhase();
        return new Recipe(
                "",
                SmallNet.RECIPE.targets(),
                List.of(new Phase(
                        "",
                        phase.losses(),
                        phase.optimizer(),
                        phase.schedule(),
                        BATCH,
                        EPOCHS,
                        Map.of(),
                        phase.metrics(),
                        phase.frozen(),
                        clipped ? phase.clipNorm() : Optional.empty(),
                        Optional.empty())));
    }

    private static SmallNet net(ClDevice device, ClAllocator allocator) {
        return new SmallNet(OpenClKernels.open(device, 1, allocator), BATCH);
    }

    private static ClTraffic traffic(SmallNet net) {
        return ((OpenClKernels) net.kernels()).traffic();
    }

    private static List<float[]> train(SmallNet net, boolean clipped, TrainingListener listener) throws Exception {
        new Trainer(net, recipe(clipped)).train(SmallData.of(SAMPLES), Optional.empty(), listener);
        return net.values();
    }

    private static List<float[]> waiting(ClDevice device, boolean clipped) throws Exception {
        System.setProperty(OpenClKernels.OVERLAP, "off");
        try (SmallNet net = net(device, ClAllocator.DRIVER)) {
            List<float[]> values = train(net, clipped, new TrainingListener() {});
            assertThat(traffic(net).bytesAhead()).isZero();
            return values;
        } finally {
            on();
        }
    }

    private static void assertSame(List<float[]> actual, List<float[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("parameter %d", i).isEqualTo(expected.get(i));
        }
    }

    @Test
    void theWeightsAreTheSameBits() throws Exception {
        for (boolean clipped : new boolean[] {true, false}) {
            List<Long> ahead = new ArrayList<>();
            try (SmallNet net = net(TestDevice.first(), ClAllocator.DRIVER)) {
                long before = net.kernels().workspaceBytes();
                List<Long> held = new ArrayList<>();
                List<float[]> values = train(net, clipped, new TrainingListener() {
                    @Override
                    public void step(Progress progress) {
                        ahead.add(traffic(net).bytesAhead());
                        held.add(net.kernels().workspaceBytes());
                    }
                });
                assertSame(values, waiting(TestDevice.first(), clipped));
                assertThat(held.get(0) - before).isBetween(BATCH * SAMPLE_BYTES, BATCH * SAMPLE_BYTES + 10_000);
                assertThat(net.kernels().workspaceBytes()).isEqualTo(held.get(0) - BATCH * SAMPLE_BYTES);
            }
            assertThat(ahead).hasSize(EPOCHS * 5);
            for (int step = 1; step < ahead.size(); step++) {
                int batch = step % 5 == 4 ? BATCH - 3 : BATCH;
                if (step % 5 != 0) {
                    assertThat(ahead.get(step) - ahead.get(step - 1))
                            .as("step %d", step)
                            .isEqualTo(batch * SAMPLE_BYTES);
                }
            }
        }
    }

    @Test
    void itIsForGpusUnlessAskedFor() throws Exception {
        System.clearProperty(OpenClKernels.OVERLAP);
        try (SmallNet gpu = net(TestDevice.asGpu(), ClAllocator.DRIVER)) {
            assertSame(train(gpu, false, new TrainingListener() {}), waiting(TestDevice.asGpu(), false));
            assertThat(traffic(gpu).bytesAhead()).isPositive();
        }
        System.clearProperty(OpenClKernels.OVERLAP);
        if (TestDevice.first().kind() == ClDevice.Kind.CPU) {
            try (SmallNet processor = net(TestDevice.first(), ClAllocator.DRIVER)) {
                train(processor, false, new TrainingListener() {});
                assertThat(traffic(processor).bytesAhead()).isZero();
            }
        }
    }

    /** It is the last that a phase takes, and the one that can be done without. */
    @Test
    void whereItsMemoryLacksBatchesWait() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (SmallNet net = net(TestDevice.first(), ShortageTest.refusing(Integer.MAX_VALUE, requests))) {
            train(net, true, new TrainingListener() {});
            assertThat(traffic(net).bytesAhead()).isPositive();
        }
        int last = requests.getAndSet(0) - 1;
        try (SmallNet net = net(TestDevice.first(), ShortageTest.refusing(last, requests))) {
            assertSame(train(net, true, new TrainingListener() {}), waiting(TestDevice.first(), true));
            assertThat(requests.get()).isGreaterThan(last);
            assertThat(traffic(net).bytesAhead()).isZero();
        }
    }

    /** Training that breaks off gives the memory back, and the model goes on from where it stands. */
    @Test
    void aModelWhoseTrainingBreaksOffCanBeUsed() throws Exception {
        List<List<float[]>> ends = new ArrayList<>();
        for (String overlap : List.of("on", "off")) {
            System.setProperty(OpenClKernels.OVERLAP, overlap);
            try (SmallNet net = net(TestDevice.first(), ClAllocator.DRIVER)) {
                Map<String, Integer> before = ClHandle.open();
                assertThatThrownBy(() -> train(net, false, new TrainingListener() {
                            @Override
                            public void step(Progress progress) {
                                if (progress.step() == 3) {
                                    throw new IllegalStateException("enough");
                                }
                            }
                        }))
                        .hasMessage("enough");
                assertThat(ClHandle.open().get("ClQueue")).isEqualTo(before.get("ClQueue"));
                float[] picture = SmallData.images(1);
                assertThat(net.predict(picture)).hasSize(SmallNet.CLASSES).isEqualTo(net.predict(picture));
                ends.add(train(net, false, new TrainingListener() {}));
            }
        }
        assertSame(ends.get(0), ends.get(1));
    }
}
