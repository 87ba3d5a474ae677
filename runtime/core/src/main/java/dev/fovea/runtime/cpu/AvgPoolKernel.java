package dev.fovea.runtime.cpu;

import dev.fovea.ops.AdaptiveAvgPool;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.Stencil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The mean of each window. Backward spreads each row of output gradients over the columns, then adds that to the rows of
 * its windows.
 *
 * <p>Floor for N floats in and M out: forward reads N and writes M, backward the other way round.
 */
final class AvgPoolKernel implements Blockable {
    private final Simd simd;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final Stencil stencil;
    private final int width;
    private final int area;
    private final int outputArea;
    /** Whether all windows are whole, and the first begins with the first element. */
    private final boolean regular;
    /** Whether windows of two by two, none over another, are all that there is, and the gradient is not added to anything. */
    private final boolean squares;

    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;
    private final Cpu cpu;
    private final Operand input;
    private final Operand output;
    private @Nullable BlockedAvgPool blocked;
    private @Nullable BlockedAvgPoolGradient blockedGradient;

    private AvgPoolKernel(Binding binding, Cpu cpu, PoolAxis rows, PoolAxis columns) {
        this.cpu = cpu;
        simd = cpu.simd();
        input = binding.input();
        output = binding.output();
        x = input.value();
        y = output.value();
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
        regular = rows.isRegular() && columns.isRegular();
        squares = regular && isPairs(rows, shape.height()) && isPairs(columns, shape.width()) && !dx.accumulate();
        scratch = cpu.scratch(squares ? outputArea : width);
        int weight = Math.max(area, outputArea);
        forward = Elementwise.channels(cpu.workers(), shape.channels(), weight, this::forward);
        backward = Elementwise.channels(cpu.workers(), shape.channels(), weight, this::backward);
    }

    static Kernel sliding(Binding binding, Cpu cpu) {
        AvgPool op = (AvgPool) binding.op();
        Window window = op.window(binding.input().shape());
        return new AvgPoolKernel(
                binding,
                cpu,
                PoolAxis.sliding(window.rows(), op.countIncludePad()),
                PoolAxis.sliding(window.columns(), op.countIncludePad()));
    }

    static Kernel adaptive(Binding binding, Cpu cpu) {
        Shape input = binding.input().shape();
        AdaptiveAvgPool op = (AdaptiveAvgPool) binding.op();
        return new AvgPoolKernel(
                binding,
                cpu,
                PoolAxis.adaptive(input.height(), op.size().height()),
                PoolAxis.adaptive(input.width(), op.size().width()));
    }

    @Override
    public boolean canBlock() {
        return columns.isUniform() && BlockRows.fits(simd, input.shape());
    }

    @Override
    public void lay(boolean inputInBlocks, boolean outputInBlocks) {
        blocked = inputInBlocks ? new BlockedAvgPool(input, output, rows, columns, cpu) : null;
        blockedGradient = inputInBlocks && dx.wanted() && dy.wanted()
                ? new BlockedAvgPoolGradient(input, output, rows, columns, cpu)
                : null;
    }

    @Override
    public void forward(Run run) {
        if (blocked != null) {
            blocked.forward(run.batch());
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
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        for (int channel = from; channel < from + length; channel++) {
            int xAt = (int) x.at(sample) + channel * area;
            int yAt = (int) y.at(sample) + channel * outputArea;
            if (regular) {
                regular(xAt, yAt);
                continue;
            }
            for (int i = 0; i < rows.windows(); i++) {
                row(i, xAt, yAt);
                yAt += columns.windows();
            }
        }
    }

    private void regular(int xAt, int yAt) {
        float[] in = CpuMemory.values(x);
        int below = rows.stride() * width;
        float share = 1f / count(0, 0);
        simd.windows()
                .meanRows(stencil, share, in, xAt, below, CpuMemory.values(y), yAt, rows.windows(), columns.windows());
    }

    private static boolean isPairs(PoolAxis axis, int input) {
        return axis.stride() == 2 && axis.step() == 1 && axis.innerTaps() == 2 && 2 * axis.windows() == input;
    }

    private void row(int i, int xAt, int yAt) {
        for (int j = 0; j < columns.innerFrom(); j++) {
            window(i, j, xAt, yAt);
        }
        int at = columns.innerFrom();
        int inner = columns.innerTo() - at;
        if (inner > 0) {
            float[] out = CpuMemory.values(y);
            int taps = rows.taps(i) * columns.innerTaps();
            int origin = xAt + rows.first(i) * width + columns.first(at);
            simd.windows().sum(stencil, taps, CpuMemory.values(x), origin, out, yAt + at, inner);
            simd.scale(1f / count(i, at), out, yAt + at, inner);
        }
        for (int j = columns.innerTo(); j < columns.windows(); j++) {
            window(i, j, xAt, yAt);
        }
    }

    /** One window, at the border or of an irregular bin. */
    private void window(int i, int j, int xAt, int yAt) {
        float[] in = CpuMemory.values(x);
        float sum = 0;
        for (int u = 0; u < rows.taps(i); u++) {
            int at = xAt + (rows.first(i) + u * rows.step()) * width + columns.first(j);
            for (int v = 0; v < columns.taps(j); v++, at += columns.step()) {
                sum += in[at];
            }
        }
        CpuMemory.values(y)[yAt + j] = sum / count(i, j);
    }

    private float count(int i, int j) {
        return (float) rows.count(i) * columns.count(j);
    }

    private void backward(int sample, int from, int length, int worker) {
        if (squares) {
            backwardSquares(sample, from, length, scratch.of(worker));
            return;
        }
        dx.clear(sample, from * area, length * area);
        float[] target = dx.values();
        float[] spread = scratch.of(worker);
        for (int channel = from; channel < from + length; channel++) {
            int targetAt = dx.at(sample) + channel * area;
            int sourceAt = dy.at(sample) + channel * outputArea;
            for (int i = 0; i < rows.windows(); i++) {
                spread(i, sourceAt + i * columns.windows(), spread);
                for (int u = 0; u < rows.taps(i); u++) {
                    int row = rows.first(i) + u * rows.step();
                    simd.add(spread, 0, target, targetAt + row * width, width);
                }
            }
        }
    }

    /** Each gradient twice in two rows. */
    private void backwardSquares(int sample, int from, int length, float[] shares) {
        float[] target = dx.values();
        int count = columns.windows();
        for (int channel = from; channel < from + length; channel++) {
            int targetAt = dx.at(sample) + channel * area;
            int sourceAt = dy.at(sample) + channel * outputArea;
            simd.affine(1f / count(0, 0), 0, dy.values(), sourceAt, shares, 0, outputArea);
            for (int row = 0; row < 2; row++) {
                int to = targetAt + row * width;
                simd.planes().joinRows(shares, 0, 0, count, target, to, 2 * width, rows.windows(), count);
            }
        }
    }

    private void spread(int i, int sourceAt, float[] spread) {
        float[] source = dy.values();
        Arrays.fill(spread, 0, width, 0);
        for (int j = 0; j < columns.windows(); j++) {
            float share = source[sourceAt + j] / count(i, j);
            int at = columns.first(j);
            for (int v = 0; v < columns.taps(j); v++, at += columns.step()) {
                spread[at] += share;
            }
        }
    }
}
