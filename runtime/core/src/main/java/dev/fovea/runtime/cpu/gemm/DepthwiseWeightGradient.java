package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import java.util.Arrays;

/**
 * {@link WeightGradient} where every group has one input channel. Each weight is one long dot product of the output's
 * gradient with a shifted view of the prepared image; both have rows of one length, so that whole planes are a single
 * range, with zeros in the gradient where the image's rows are longer. Nothing is spread out by taps.
 *
 * <p>A tile is a channel and sums over the whole batch in a fixed order, so the bits do not depend on the threads.
 */
final class DepthwiseWeightGradient implements WeightSums {
    /** Channels that are enough to share the work among. */
    private static final int ENOUGH_CHANNELS = 4;

    /** Outputs prepared at a time: image and gradient stay in the first-level cache. */
    private static final int COLUMNS = 2048;

    private final Cpu cpu;
    private final Blocking blocking;
    private final int groups;
    private final int multiplier;
    private final PreparedImage image;
    private final Region outputGradient;
    private final int outputArea;
    private final int[] offsets;
    private final TileLayout[] layouts;
    private final int gradientAt;
    private final Scratch scratch;
    private final float[] sums;
    private final Tiles tiles = this::tile;
    private int batch;
    private Gradient target;

    /** Whether it serves a convolution: each channel by itself, and enough of them. */
    static boolean fits(int groups, int channels) {
        return groups == channels && groups >= ENOUGH_CHANNELS;
    }

    /**
     * A gradient to be computed.
     *
     * @param input what the forward gather read, {@code groups} channels
     * @param outputShape of the gradient {@code outputGradient}, {@code groups·multiplier} channels
     * @param target where the weight's gradient goes
     * @param capacity the largest batch
     */
    DepthwiseWeightGradient(
            Cpu cpu,
            Gather gather,
            Region input,
            Shape inputShape,
            Region outputGradient,
            Shape outputShape,
            Gradient target,
            int capacity) {
        this.cpu = cpu;
        this.groups = inputShape.channels();
        this.multiplier = outputShape.channels() / groups;
        this.outputGradient = outputGradient;
        this.outputArea = gather.area();
        this.target = target;
        blocking = Blocking.of(gather, 1, COLUMNS, gather.taps(), capacity);
        offsets = blocking.offsets();
        image = new PreparedImage(blocking, input, inputShape);
        int piece = cpu.simd().matrix().piece();
        layouts = new TileLayout[cpu.workers().threads()];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = new TileLayout(blocking, piece, cpu.simd().matrix().columns());
        }
        gradientAt = blocking.preparedSize(cpu.simd().matrix());
        scratch = cpu.scratch((long) gradientAt + blocking.planeStride());
        sums = cpu.workspace((long) groups * multiplier * gather.taps());
    }

    @Override
    public void run(int samples, Gradient weight) {
        batch = samples;
        target = weight;
        cpu.workers().run(groups, tiles);
    }

    private void tile(int channel, int worker) {
        int taps = offsets.length;
        int first = channel * multiplier * taps;
        Arrays.fill(sums, first, first + multiplier * taps, 0f);
        TileLayout layout = layouts[worker];
        float[] work = scratch.of(worker);
        for (int tile = 0; tile < blocking.tiles(batch); tile++) {
            layout.set(tile, batch);
            image.fill(layout, channel, 1, work);
            for (int output = 0; output < multiplier; output++) {
                bringGradient(layout, channel * multiplier + output, work);
                add(layout, work, first + output * taps);
            }
        }
        store(first, multiplier * taps);
    }

    private void bringGradient(TileLayout layout, int channel, float[] work) {
        float[] source = CpuMemory.values(outputGradient);
        int width = layout.width();
        Arrays.fill(work, gradientAt, gradientAt + layout.at(layout.rows() - 1) + width, 0f);
        for (int row = 0; row < layout.rows(); row++) {
            int from = (int) outputGradient.at(layout.sample(row))
                    + channel * outputArea
                    + layout.outputRow(row) * blocking.gather().columns().outputs()
                    + layout.firstColumn();
            System.arraycopy(source, from, work, gradientAt + layout.at(row), width);
        }
    }

    private void add(TileLayout layout, float[] work, int to) {
        // A strip's rows may be shorter than the prepared ones, and what lies between them is nobody's.
        boolean joined = blocking.strips() == 1;
        int pieces = joined ? 1 : layout.rows();
        for (int piece = 0; piece < pieces; piece++) {
            int at = layout.at(piece);
            int length = joined ? layout.at(layout.rows() - 1) + layout.width() : layout.width();
            for (int tap = 0; tap < offsets.length; tap++) {
                sums[to + tap] += cpu.simd().dot(work, offsets[tap] + at, work, gradientAt + at, length);
            }
        }
    }

    private void store(int from, int length) {
        float[] values = CpuMemory.values(target.region());
        int to = (int) target.region().offset() + from;
        if (target.accumulate()) {
            cpu.simd().add(sums, from, values, to, length);
        } else {
            System.arraycopy(sums, from, values, to, length);
        }
    }
}
