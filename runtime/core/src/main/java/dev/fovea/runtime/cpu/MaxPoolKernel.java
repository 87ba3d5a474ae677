package dev.fovea.runtime.cpu;

import dev.fovea.ops.AdaptiveMaxPool;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdWindows;
import dev.fovea.runtime.simd.Stencil;
import org.jspecify.annotations.Nullable;

/**
 * The largest element of each window; while training also where in its plane it was, as the bits of an int, with a {@linkplain SimdWindows#MARK mark} where a rectifier
 * before it lets no gradient pass.
 *
 * <p>Floor for N floats in and M out: forward reads N and writes M, while training 2·M; backward reads 2·M and writes N.
 */
final class MaxPoolKernel implements Blockable {
    private final Simd simd;
    private final Region x;
    private final Region y;
    private final Region winners;
    private final boolean saves;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final Stencil stencil;
    private final int width;
    private final int area;
    private final int outputArea;
    /** Whether all windows lie within the plane at the same distances, and only the largest elements are asked for. */
    private final boolean plain;
    /** Whether windows are two by two with step 2 and nothing is left of a plane, while training. */
    private final boolean squares;
    /** Whether, besides, a row of them leaves much of a register idle. */
    private final boolean shortSquares;

    private final @Nullable MaxPoolOfThree threes;
    private final @Nullable MaxPoolBands bands;
    private final MaxPoolWindows windows;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;
    private final Cpu cpu;
    private final Operand input;
    private final Operand output;
    private @Nullable BlockedMaxPool blocked;
    private @Nullable BlockedMaxPoolTraining blockedTraining;
    private @Nullable BlockedMaxPoolGradient blockedGradient;
    private @Nullable RectifiedGradient rectified;

    private MaxPoolKernel(Binding binding, Cpu cpu, PoolAxis rows, PoolAxis columns) {
        this.cpu = cpu;
        simd = cpu.simd();
        input = binding.input();
        output = binding.output();
        x = input.value();
        y = output.value();
        winners = binding.saved().orElse(y);
        saves = binding.saved().isPresent();
        dx = GradientRegion.of(input);
        dy = GradientRegion.of(output);
        this.rows = rows;
        this.columns = columns;
        Shape shape = input.shape();
        width = shape.width();
        area = shape.area();
        outputArea = output.shape().area();
        stencil = new Stencil(
                rows.step() * width, columns.step(), rows.mostTaps(), columns.innerTaps(), columns.stride());
        plain = !saves && rows.isRegular() && columns.isRegular();
        int height = shape.height();
        bands = !saves && MaxPoolBands.fits(simd, rows, columns, height, width)
                ? new MaxPoolBands(simd, rows, columns, height, width)
                : null;
        threes = saves && MaxPoolOfThree.fits(simd, rows, columns, height, width)
                ? new MaxPoolOfThree(simd, rows, columns, height, width)
                : null;
        squares = saves && areSquares(rows, height) && areSquares(columns, width);
        shortSquares = squares
                && 4 * columns.windows() <= 3 * simd.lanes()
                && simd.windows().takesRowsTogether();
        windows = new MaxPoolWindows(simd, x, y, winners, saves, rows, columns, width);
        scratch = cpu.scratch(room());
        int weight = Math.max(area, outputArea);
        forward = Elementwise.channels(cpu.workers(), shape.channels(), weight, this::forward);
        backward = Elementwise.channels(cpu.workers(), shape.channels(), weight, this::backward);
    }

    private static boolean areSquares(PoolAxis axis, int length) {
        return axis.isRegular()
                && axis.mostTaps() == 2
                && axis.step() == 1
                && axis.stride() == 2
                && 2 * axis.windows() == length;
    }

    private long room() {
        if (bands != null) {
            return bands.scratch();
        }
        return threes != null ? threes.scratch() : windows.scratch();
    }

    static Kernel sliding(Binding binding, Cpu cpu) {
        Window window = ((MaxPool) binding.op()).window(binding.input().shape());
        return new MaxPoolKernel(
                binding, cpu, PoolAxis.sliding(window.rows(), false), PoolAxis.sliding(window.columns(), false));
    }

    static Kernel adaptive(Binding binding, Cpu cpu) {
        Shape input = binding.input().shape();
        AdaptiveMaxPool op = (AdaptiveMaxPool) binding.op();
        return new MaxPoolKernel(
                binding,
                cpu,
                PoolAxis.adaptive(input.height(), op.size().height()),
                PoolAxis.adaptive(input.width(), op.size().width()));
    }

    /** Where it is not joined with a rectifier. */
    @Override
    public boolean canBlock() {
        boolean possible =
                saves ? rectified == null && BlockedMaxPoolTraining.fits(rows, columns) : columns.isUniform();
        return possible && BlockRows.fits(simd, input.shape());
    }

    @Override
    public void lay(boolean inputInBlocks, boolean outputInBlocks) {
        blocked = inputInBlocks && !saves ? new BlockedMaxPool(input, output, rows, columns, cpu) : null;
        blockedTraining =
                inputInBlocks && saves ? new BlockedMaxPoolTraining(input, output, winners, rows, columns, cpu) : null;
        blockedGradient = inputInBlocks && dx.wanted() && dy.wanted()
                ? new BlockedMaxPoolGradient(input, output, winners, rows, columns, cpu)
                : null;
    }

    /** Whether it reads planes. */
    boolean isPlanar() {
        return blocked == null && blockedTraining == null;
    }

    /**
     * From now on the gradient is taken through a rectifier, whose output the input is and nobody else reads. Where nothing passes that is known when the maximum is,
     * and kept with its place.
     */
    void give(RectifiedGradient gradient) {
        rectified = gradient;
    }

    @Override
    public void forward(Run run) {
        if (rectified != null) {
            rectified.expect();
        }
        if (blocked != null) {
            blocked.forward(run.batch());
        } else if (blockedTraining != null) {
            blockedTraining.forward(run.batch());
        } else {
            forward.run(run.batch());
        }
    }

    @Override
    public void backward(Run run) {
        if (blockedGradient != null) {
            blockedGradient.backward(run.batch());
        } else if (dx.wanted() && dy.wanted()) {
            backward.run(run.batch());
            if (rectified != null) {
                rectified.give();
            }
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        int at = from * outputArea;
        if (rectified != null && squares) {
            simd.windows()
                    .maxOfRectifiedSquares(
                            CpuMemory.values(x),
                            (int) x.at(sample) + from * area,
                            area / width,
                            width,
                            length,
                            CpuMemory.values(y),
                            (int) y.at(sample) + at,
                            CpuMemory.values(winners),
                            (int) winners.at(sample) + at);
            return;
        }
        maxima(sample, from, length, worker);
        if (rectified != null) {
            simd.windows()
                    .mark(
                            CpuMemory.values(y),
                            (int) y.at(sample) + at,
                            CpuMemory.values(winners),
                            (int) winners.at(sample) + at,
                            length * outputArea);
        }
    }

    private void maxima(int sample, int from, int length, int worker) {
        if (bands == null && plain && rows.windows() * rows.stride() * width == area) {
            // Planes lie one behind the other as rows do.
            int xAt = (int) x.at(sample) + from * area;
            int yAt = (int) y.at(sample) + from * outputArea;
            int count = length * rows.windows();
            int below = rows.stride() * width;
            float[] in = CpuMemory.values(x);
            simd.windows().maxRows(stencil, in, xAt, below, CpuMemory.values(y), yAt, count, columns.windows());
            return;
        }
        if (shortSquares) {
            int to = from * outputArea;
            simd.windows()
                    .maxOfSquares(
                            CpuMemory.values(x),
                            (int) x.at(sample) + from * area,
                            area / width,
                            width,
                            length,
                            CpuMemory.values(y),
                            (int) y.at(sample) + to,
                            CpuMemory.values(winners),
                            (int) winners.at(sample) + to,
                            scratch.of(worker));
            return;
        }
        for (int channel = from; channel < from + length; channel++) {
            int xAt = (int) x.at(sample) + channel * area;
            int yAt = (int) y.at(sample) + channel * outputArea;
            if (bands != null && bands.canRead(CpuMemory.values(x), xAt)) {
                bands.plane(CpuMemory.values(x), xAt, CpuMemory.values(y), yAt, scratch.of(worker));
                continue;
            }
            if (threes != null) {
                float[] in = CpuMemory.values(x);
                float[] where = CpuMemory.values(winners);
                int whereAt = (int) winners.at(sample) + channel * outputArea;
                threes.plane(in, xAt, CpuMemory.values(y), yAt, where, whereAt, scratch.of(worker));
                continue;
            }
            if (plain) {
                float[] in = CpuMemory.values(x);
                int below = rows.stride() * width;
                simd.windows()
                        .maxRows(stencil, in, xAt, below, CpuMemory.values(y), yAt, rows.windows(), columns.windows());
                continue;
            }
            int winnersAt = (int) winners.at(sample) + channel * outputArea;
            windows.plane(xAt, yAt, winnersAt, scratch.of(worker));
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        if (squares && !dx.accumulate()) {
            int at = from * outputArea;
            simd.windows()
                    .spreadSquares(
                            dy.values(),
                            dy.at(sample) + at,
                            CpuMemory.values(winners),
                            (int) winners.at(sample) + at,
                            dx.values(),
                            dx.at(sample) + from * area,
                            area / width,
                            width,
                            length);
        } else {
            scatter(sample, from, length);
        }
        for (int channel = from; rectified != null && channel < from + length; channel++) {
            rectified.sum(simd, sample, channel, dx.values(), dx.at(sample) + channel * area, area);
        }
    }

    private void scatter(int sample, int from, int length) {
        dx.clear(sample, from * area, length * area);
        float[] target = dx.values();
        float[] source = dy.values();
        float[] where = CpuMemory.values(winners);
        for (int channel = from; channel < from + length; channel++) {
            int targetAt = dx.at(sample) + channel * area;
            int sourceAt = dy.at(sample) + channel * outputArea;
            int winnersAt = (int) winners.at(sample) + channel * outputArea;
            for (int i = 0; i < outputArea; i++) {
                int winner = Float.floatToRawIntBits(where[winnersAt + i]);
                int kept =
                        Float.floatToRawIntBits(source[sourceAt + i]) & ~-(winner >>> 30); // nothing where it is marked
                target[targetAt + (winner & (SimdWindows.MARK - 1))] += Float.intBitsToFloat(kept);
            }
        }
    }
}
