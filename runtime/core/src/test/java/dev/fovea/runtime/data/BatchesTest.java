package dev.fovea.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.FlipHorizontal;
import dev.fovea.ops.recipe.Normalize;
import dev.fovea.ops.recipe.RandomCrop;
import dev.fovea.ops.recipe.Shift;
import dev.fovea.runtime.FoveaException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchesTest {
    private static final Shape PICTURE = Shape.of(1, 4, 4);

    private static final List<Field> FIELDS =
            List.of(new Field.Values("image", PICTURE), Field.Classes.of("label", 1 << 20));

    @Test
    void inOrderWithTheLastBatchShort() throws Exception {
        try (Batches batches = Batches.start(numbers(7), BatchPlan.inOrder(3))) {
            for (int epoch = 0; epoch < 2; epoch++) {
                assertThat(labels(batches.next())).containsExactly(0, 1, 2);
                assertThat(labels(batches.next())).containsExactly(3, 4, 5);
                Batch last = batches.next();
                assertThat(labels(last)).containsExactly(6);
                assertThat(last.isLast()).isTrue();
                assertThat(last.epoch()).isEqualTo(epoch);
                assertThat(last.number()).isEqualTo(2);
                assertThat(last.values(0)[0]).isEqualTo(6 * 16 + 1);
                assertThat(last.values("image")).isSameAs(last.values(0));
            }
        }
        assertThat(Batches.perEpoch(7, 3)).isEqualTo(3);
        assertThat(Batches.perEpoch(6, 3)).isEqualTo(2);
    }

    @Test
    void everyEpochHoldsEverySampleOnceInAnOrderOfItsOwn() throws Exception {
        List<List<Integer>> orders = new ArrayList<>();
        try (Batches batches = Batches.start(numbers(50), BatchPlan.training(8, 5, List.of()))) {
            for (int epoch = 0; epoch < 3; epoch++) {
                List<Integer> order = new ArrayList<>();
                Batch batch;
                do {
                    batch = batches.next();
                    labels(batch).forEach(order::add);
                } while (!batch.isLast());
                orders.add(order);
            }
        }
        assertThat(orders).doesNotHaveDuplicates();
        for (List<Integer> order : orders) {
            assertThat(order).hasSize(50).doesNotHaveDuplicates();
        }
    }

    @Test
    void sameSeedSamePicturesAndAnotherSeedOthers() throws Exception {
        assertThat(run(1, 0, 0)).isEqualTo(run(1, 0, 0));
        assertThat(run(1, 0, 0)).isNotEqualTo(run(2, 0, 0));
    }

    @Test
    void aRunResumedInTheMiddleGoesOnWithTheSamePictures() throws Exception {
        List<List<Float>> whole = run(1, 0, 0);
        assertThat(run(1, 1, 3)).isEqualTo(whole.subList(7 + 3, whole.size()));
    }

    @Test
    void aSamplesVariationDoesNotDependOnTheBatchSize() throws Exception {
        Pipeline pipeline = Pipeline.of("image", PICTURE, List.of(new Shift(2)));
        float[][] inThrees = new float[20][];
        float[][] inSevens = new float[20][];
        for (int size : new int[] {3, 7}) {
            try (Batches batches = Batches.start(numbers(20), BatchPlan.training(size, 5, List.of(pipeline)))) {
                Batch batch;
                do {
                    batch = batches.next();
                    for (int i = 0; i < batch.size(); i++) {
                        (size == 3 ? inThrees : inSevens)[(int) batch.values(1)[i]] =
                                Arrays.copyOfRange(batch.values(0), 16 * i, 16 * i + 16);
                    }
                } while (!batch.isLast());
            }
        }
        assertThat(inThrees).isDeepEqualTo(inSevens);
    }

    @Test
    void transformsMayChangeTheShape() throws Exception {
        Pipeline crop = Pipeline.of("image", PICTURE, List.of(new Shift(0), new RandomCrop(new Pair(2, 2), 0)));
        BatchPlan plan = BatchPlan.training(2, 5, List.of(crop)).atEvaluation();
        try (Batches batches = Batches.start(numbers(3), plan)) {
            Batch batch = batches.next();
            assertThat(batch.values(0)).containsExactly(6, 7, 10, 11, 22, 23, 26, 27);
        }
    }

    @Test
    void aFaultOfTheDataComesAfterTheBatchesBeforeIt() throws Exception {
        DataSet data = failing(5, new FoveaException("picture 5 does not decode", List.of()));
        try (Batches batches = Batches.start(data, BatchPlan.inOrder(2))) {
            batches.next();
            batches.next();
            assertThatThrownBy(batches::next)
                    .isInstanceOf(FoveaException.class)
                    .hasMessage("picture 5 does not decode");
            assertThatThrownBy(batches::next).hasMessage("picture 5 does not decode");
        }
    }

    @Test
    void aDefectOfADataSetNamesTheSample() throws Exception {
        try (Batches batches = Batches.start(failing(1, new NumberFormatException("x")), BatchPlan.inOrder(2))) {
            assertThatThrownBy(batches::next)
                    .isInstanceOf(IllegalStateException.class)
                    .cause()
                    .hasMessage("the data set failed to read sample 1")
                    .hasCauseInstanceOf(NumberFormatException.class);
        }
    }

    @Test
    void aClassOutOfRangeIsNamed() throws Exception {
        for (float label : new float[] {3, -1, 0.5f, Float.NaN}) {
            DataSet data =
                    new ArrayDataSet(List.of(Field.Classes.of("label", 3)), List.of(new float[] {0, 2, label, 1}));
            try (Batches batches = Batches.start(data, BatchPlan.inOrder(4))) {
                assertThatThrownBy(batches::next)
                        .isInstanceOf(FoveaException.class)
                        .hasMessageStartingWith("sample 2 has the label ")
                        .hasMessageEndingWith(", but there are 3 classes, 0 to 2");
            }
        }
    }

    @Test
    void closingWhileTheThreadReadsWaitsForItAndEndsIt() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        DataSet slow = new DataSetOfNumbers(10, index -> {
            reading.countDown();
            mayGoOn.await();
        });
        Batches batches = Batches.start(slow, BatchPlan.inOrder(2));
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(batches::close);
        closer.start();
        closer.join(50);
        assertThat(closer.isAlive()).isTrue();
        mayGoOn.countDown();
        closer.join(10_000);
        assertThat(closer.isAlive()).isFalse();
        assertThatThrownBy(batches::next).hasMessage("the batches are closed");
        batches.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("fovea-batches"));
    }

    @Test
    void closingAtOnceAndWhileTheThreadWaits() throws Exception {
        for (int i = 0; i < 200; i++) {
            Batches batches = Batches.start(numbers(4), BatchPlan.inOrder(2));
            if (i % 2 == 0) {
                batches.next();
            }
            batches.close();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("fovea-batches"));
    }

    @Test
    void anInterruptedConsumerIsToldSoAndStaysInterrupted() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        DataSet slow = new DataSetOfNumbers(10, index -> mayGoOn.await());
        Batches batches = Batches.start(slow, BatchPlan.inOrder(2));
        Thread.currentThread().interrupt();
        assertThatThrownBy(batches::next).isInstanceOf(FoveaException.class).hasMessageStartingWith("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        mayGoOn.countDown();
        batches.close();
    }

    @Test
    void nothingIsAllocatedFromBatchToBatch() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Pipeline pipeline =
                Pipeline.of("image", PICTURE, List.of(new Normalize(List.of(0f), List.of(1f)), new FlipHorizontal(1)));
        BatchPlan plan = BatchPlan.training(4, 1, List.of(pipeline)).atEvaluation();
        try (Batches batches = Batches.start(numbers(1 << 20), plan)) {
            long background = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("fovea-batches"))
                    .findFirst()
                    .orElseThrow()
                    .getId();
            for (int i = 0; i < 20_000; i++) {
                batches.next();
            }
            long before = threads.getThreadAllocatedBytes(background)
                    + threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 20_000; i++) {
                batches.next();
            }
            long after = threads.getThreadAllocatedBytes(background)
                    + threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            assertThat(after - before).isLessThan(20_000);
        }
    }

    @Test
    void plansThatMakeNoSenseAreRefused() {
        Pipeline pipeline = Pipeline.of("image", PICTURE, List.of(new Shift(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> BatchPlan.inOrder(0));
        assertThatIllegalArgumentException().isThrownBy(() -> BatchPlan.training(2, 1, List.of(pipeline, pipeline)));
        assertThatIllegalArgumentException().isThrownBy(() -> Batches.startAt(numbers(4), BatchPlan.inOrder(2), 0, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batches.start(
                        numbers(4),
                        BatchPlan.training(2, 1, List.of(Pipeline.of("picture", PICTURE, List.of(new Shift(1)))))))
                .withMessage("no field picture among [image, label]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batches.start(
                        numbers(4),
                        BatchPlan.training(
                                2, 1, List.of(Pipeline.of("image", Shape.of(1, 4, 5), List.of(new Shift(1)))))));
        assertThatThrownBy(() -> Batches.start(numbers(0), BatchPlan.inOrder(2)))
                .isInstanceOf(FoveaException.class)
                .hasMessage("the data set is empty");
    }

    @FunctionalInterface
    private interface BeforeReading {
        void run(int index) throws Exception;
    }

    /** λ·x + (1 − λ)·x' in the mixed field, what belongs to the sample in the others, the same from any batch on. */
    @Test
    void samplesAreMixedInPairs() throws Exception {
        BatchPlan plan = BatchPlan.training(8, 5, List.of()).with(new Mixing(1, Set.of("image")));
        Set<Float> shares = new HashSet<>();
        try (Batches batches = Batches.start(numbers(20), plan);
                Batches later = Batches.startAt(numbers(20), plan, 1, 1)) {
            for (int number = 0; number < 9; number++) {
                Batch batch = batches.next();
                shares.add(batch.share());
                List<Integer> labels = labels(batch);
                List<Integer> partners = new ArrayList<>();
                for (int i = 0; i < batch.size(); i++) {
                    partners.add(batch.partner(i));
                    float own = labels.get(i) * 16 + 1;
                    float other = labels.get(batch.partner(i)) * 16 + 1;
                    assertThat(batch.values(0)[i * 16]).isEqualTo(batch.share() * own + (1 - batch.share()) * other);
                }
                assertThat(partners).hasSize(batch.size()).doesNotHaveDuplicates();
                if (number >= 4) {
                    Batch same = later.next();
                    assertThat(same.share()).isEqualTo(batch.share());
                    assertThat(Arrays.copyOf(same.values(0), 16 * same.size()))
                            .isEqualTo(Arrays.copyOf(batch.values(0), 16 * batch.size()));
                }
            }
        }
        assertThat(shares).hasSize(9).allMatch(share -> share > 0 && share < 1);
        try (Batches tested = Batches.start(numbers(20), plan.atEvaluation())) {
            Batch batch = tested.next();
            assertThat(batch.share()).isEqualTo(1);
            assertThat(batch.partner(3)).isEqualTo(3);
        }
    }

    /** Picture i holds 16 i + 1 to 16 i + 16; its label is i. */
    private record DataSetOfNumbers(int size, BeforeReading before) implements DataSet {
        @Override
        public List<Field> fields() {
            return FIELDS;
        }

        @Override
        public void read(int index, Sample into) throws FoveaException {
            try {
                before.run(index);
            } catch (RuntimeException | FoveaException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            float[] image = into.array(0);
            for (int i = 0; i < 16; i++) {
                image[into.offset(0) + i] = index * 16 + i + 1;
            }
            into.set(1, 0, index);
        }
    }

    private static DataSet numbers(int size) {
        return new DataSetOfNumbers(size, index -> {});
    }

    private static DataSet failing(int at, Exception fault) {
        return new DataSetOfNumbers(10, index -> {
            if (index == at) {
                throw fault;
            }
        });
    }

    /** All pictures and labels of three epochs of 20 samples from a batch on. */
    private static List<List<Float>> run(long seed, int epoch, int number) throws Exception {
        Pipeline pipeline = Pipeline.of(
                "image", PICTURE, List.of(new Shift(2), new FlipHorizontal(0.5f), new RandomCrop(new Pair(3, 3), 1)));
        List<List<Float>> all = new ArrayList<>();
        try (Batches batches =
                Batches.startAt(numbers(20), BatchPlan.training(3, seed, List.of(pipeline)), epoch, number)) {
            Batch batch;
            do {
                batch = batches.next();
                List<Float> values = new ArrayList<>();
                for (int i = 0; i < batch.size() * 9; i++) {
                    values.add(batch.values(0)[i]);
                }
                for (int i = 0; i < batch.size(); i++) {
                    values.add(batch.values(1)[i]);
                }
                all.add(values);
            } while (!batch.isLast() || batch.epoch() < 2);
        }
        return all;
    }

    private static List<Integer> labels(Batch batch) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            labels.add((int) batch.values(1)[i]);
        }
        return labels;
    }
}
