package dev.fovea.opencl;

import dev.fovea.runtime.kernels.ClassCounts;
import dev.fovea.runtime.kernels.Operand;
import java.util.Arrays;

/** Counts on the device, with the kernel of {@code counts.cl}. */
final class CountKernel implements ClassCounts {
    /** The device's counters hold so much; before that they are read. */
    private static final long MOST = 1 << 30;

    private final ClWork work;
    private final ClKernel kernel;
    private final Grid grid;
    private final int positions;
    private final Counters ranks;
    private final Counters pairs;

    /** Whole numbers on the device, and what had to be fetched from there before anybody asked. */
    private static final class Counters implements AutoCloseable {
        private final ClBuffer buffer;
        private final float[] bits;
        private final long[] fetched;
        private long pending;

        Counters(ClWork work, int length) {
            buffer = new ClBuffer(work.queue(), "counts", length);
            bits = new float[length];
            fetched = new long[length];
        }

        void expect(long more) {
            if (pending + more > MOST) {
                fetch();
            }
            pending += more;
        }

        private void fetch() {
            buffer.read(0, bits, 0, bits.length);
            buffer.fill(0, bits.length, 0);
            for (int i = 0; i < bits.length; i++) {
                fetched[i] += Float.floatToRawIntBits(bits[i]);
            }
            pending = 0;
        }

        long[] take() {
            if (pending > 0) {
                fetch();
            }
            long[] taken = fetched.clone();
            Arrays.fill(fetched, 0);
            return taken;
        }

        @Override
        public void close() {
            buffer.close();
        }
    }

    CountKernel(Operand prediction, Operand target, int capacity, boolean countPairs, ClWork work) {
        this.work = work;
        int classes = prediction.shape().channels();
        positions = Math.toIntExact(prediction.shape().size() / classes);
        Math.multiplyExact(positions, capacity); // the kernel counts in 32 bits
        DeviceRegion scores = work.region(prediction.value(), prediction.shape(), capacity);
        DeviceRegion labels = work.region(target.value(), target.shape(), capacity);
        if (labels.size() != positions) {
            throw new IllegalArgumentException("labels " + target.shape() + " for scores " + prediction.shape());
        }
        Defines defines = new Defines()
                .with("CLASSES", classes)
                .with("POSITIONS", positions)
                .with("PAIRS", countPairs);
        kernel = work.kernel("counts.cl", defines, "count");
        grid = work.elementGrid(kernel, (long) positions * capacity);
        ranks = new Counters(work, classes + 1);
        try {
            pairs = new Counters(work, countPairs ? Math.multiplyExact(classes, classes + 1) : 0);
        } catch (RuntimeException failed) {
            ranks.close();
            throw failed;
        }
        int next = kernel.setFirst(scores, labels);
        kernel.set(next, ranks.buffer).set(next + 1, pairs.buffer);
    }

    @Override
    public void add(int batch) {
        long more = (long) positions * batch;
        ranks.expect(more);
        pairs.expect(more);
        kernel.set(8, batch);
        kernel.launch(work.queue(), grid.items(more, 1));
    }

    @Override
    public long[] takeRanks() {
        return ranks.take();
    }

    @Override
    public long[] takePairs() {
        return pairs.take();
    }

    @Override
    public void close() {
        work.free(kernel);
        ranks.close();
        pairs.close();
    }
}
