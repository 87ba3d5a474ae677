package dev.fovea.runtime.cpu;

import dev.fovea.ops.MaxUnpool;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.Arrays;

/**
 * {@link MaxUnpool}: finds the winners of the pooling again and puts the elements there. While training it saves for each
 * element where it went, as the bits of an int; −1 where another came after it.
 *
 * <p>Floor for N floats in and M out: forward reads N and M and writes M, while training also N; backward reads M and N and
 * writes N.
 */
final class MaxUnpoolKernel implements Kernel {
    private static final int NOWHERE = -1;

    private final Region x;
    private final Region origin;
    private final Region y;
    private final Region places;
    private final boolean saves;
    private final GradientRegion dx;
    private final GradientRegion dOrigin;
    private final GradientRegion dy;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final int width;
    private final int area;
    private final int inputArea;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    MaxUnpoolKernel(Binding binding, Cpu cpu) {
        x = binding.input().value();
        origin = binding.inputs().get(1).value();
        y = binding.output().value();
        places = binding.saved().orElse(y);
        saves = binding.saved().isPresent();
        dx = GradientRegion.of(binding.input());
        dOrigin = GradientRegion.of(binding.inputs().get(1));
        dy = GradientRegion.of(binding.output());
        Shape output = binding.output().shape();
        Window window = ((MaxUnpool) binding.op()).pool().window(output);
        rows = PoolAxis.sliding(window.rows(), false);
        columns = PoolAxis.sliding(window.columns(), false);
        width = output.width();
        area = output.area();
        inputArea = binding.input().shape().area();
        scratch = cpu.scratch((long) area + inputArea);
        int weight = Math.max(area, inputArea);
        forward = Elementwise.channels(cpu.workers(), output.channels(), weight, this::forward);
        backward = Elementwise.channels(cpu.workers(), output.channels(), weight, this::backward);
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dy.wanted() && (dx.wanted() || dOrigin.wanted())) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] work = scratch.of(worker);
        float[] source = CpuMemory.values(x);
        float[] target = CpuMemory.values(y);
        for (int channel = from; channel < from + length; channel++) {
            int sourceAt = (int) x.at(sample) + channel * inputArea;
            int targetAt = (int) y.at(sample) + channel * area;
            Arrays.fill(target, targetAt, targetAt + area, 0f);
            for (int i = 0; i < inputArea; i++) {
                int place = winner(sample, channel, i / columns.windows(), i % columns.windows());
                target[targetAt + place] = source[sourceAt + i];
                work[place] = Float.intBitsToFloat(i); // the last to come there
                work[area + i] = Float.intBitsToFloat(place);
            }
            if (saves) {
                save(work, sample, channel);
            }
        }
    }

    /** Where the largest element of a window stands in its plane, by the rule of the pooling. */
    private int winner(int sample, int channel, int i, int j) {
        float[] plane = CpuMemory.values(origin);
        int planeAt = (int) origin.at(sample) + channel * area;
        int winner = rows.first(i) * width + columns.first(j);
        float largest = plane[planeAt + winner];
        for (int u = 0; u < rows.taps(i); u++) {
            int at = (rows.first(i) + u * rows.step()) * width + columns.first(j);
            for (int v = 0; v < columns.taps(j); v++, at += columns.step()) {
                float value = plane[planeAt + at];
                if (value > largest || Float.isNaN(value)) {
                    largest = value;
                    winner = at;
                }
            }
        }
        return winner;
    }

    private void save(float[] work, int sample, int channel) {
        float[] saved = CpuMemory.values(places);
        int savedAt = (int) places.at(sample) + channel * inputArea;
        for (int i = 0; i < inputArea; i++) {
            int place = Float.floatToRawIntBits(work[area + i]);
            boolean isLast = Float.floatToRawIntBits(work[place]) == i;
            saved[savedAt + i] = Float.intBitsToFloat(isLast ? place : NOWHERE);
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        if (dOrigin.wanted()) {
            dOrigin.clear(sample, from * area, length * area);
        }
        if (!dx.wanted()) {
            return;
        }
        float[] target = dx.values();
        float[] source = dy.values();
        float[] saved = CpuMemory.values(places);
        for (int channel = from; channel < from + length; channel++) {
            int targetAt = dx.at(sample) + channel * inputArea;
            int sourceAt = dy.at(sample) + channel * area;
            int savedAt = (int) places.at(sample) + channel * inputArea;
            for (int i = 0; i < inputArea; i++) {
                int place = Float.floatToRawIntBits(saved[savedAt + i]);
                float gradient = place == NOWHERE ? 0 : source[sourceAt + place];
                target[targetAt + i] = dx.accumulate() ? target[targetAt + i] + gradient : gradient;
            }
        }
    }
}
