package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;
import java.util.Arrays;

/**
 * Backward of batch normalisation of tensors in channel blocks. Each part of a block gives Σ dy and Σ dy·(x − mean), short runs of it summed up in single precision and the runs in double; of these the
 * parameters' gradients, and then
 *
 * <pre>dx = a·dy + b·(x − mean) + c</pre>
 *
 * part by part, with a = weight·d, b = −a·d²·Σ dy·(x − mean)/n and c = −a·Σ dy/n; where the running statistics serve {@code dx = a·dy}.
 *
 * <p>Floor for N floats: reads 4·N and writes N.
 */
final class BlockedBatchNormGradient {
    private static final int SIZE = BlockSimd.SIZE;
    /** The means of a block's channels, their a, b and c; a part needs but two of these. */
    private static final int NUMBERS = 4 * SIZE;

    private final BatchNormKernel kernel;
    private final PixelSimd pixels;
    private final BlockParts parts;
    private final Scratch scratch;
    private final Scratch common;
    private final double[][] sums;
    private final Elementwise measure;
    private final Elementwise settle;
    private final Elementwise spread;

    BlockedBatchNormGradient(BatchNormKernel kernel, BlockParts parts, Cpu cpu) {
        this.kernel = kernel;
        this.parts = parts;
        pixels = BlockRows.pixels(cpu.simd());
        scratch = cpu.scratch(NUMBERS);
        common = cpu.common(2L * SIZE * parts.count() + (long) NUMBERS * parts.blocks());
        sums = new double[cpu.workers().threads()][2 * SIZE];
        measure = parts.loop(this::measure);
        settle = new Elementwise(cpu.workers(), parts.blocks(), parts.weight(), 1, this::settle);
        spread = parts.loop(this::spread);
    }

    void backward() {
        int groups = parts.groups(kernel.batch());
        measure.run(groups);
        settle.run(1);
        if (kernel.dx.wanted()) {
            spread.run(groups);
        }
    }

    private void measure(int group, int from, int length, int worker) {
        float[] numbers = scratch.of(worker);
        double[] totals = sums[worker];
        for (int piece = from; piece < from + length; piece++) {
            for (int i = 0; i < SIZE; i++) {
                numbers[i] = kernel.mean(parts.block(piece) * SIZE + i);
            }
            Arrays.fill(totals, 0);
            for (int sample = parts.firstSample(group); sample < parts.endSample(group, kernel.batch()); sample++) {
                measure(piece, sample, numbers, totals);
            }
            int to = parts.part(group, piece) * 2 * SIZE;
            for (int i = 0; i < 2 * SIZE; i++) {
                common.of(0)[to + i] = (float) totals[i];
            }
        }
    }

    private void measure(int piece, int sample, float[] numbers, double[] totals) {
        int xAt = (int) kernel.x.at(sample) + parts.at(piece);
        int dyAt = kernel.dy.at(sample) + parts.at(piece);
        float[] in = CpuMemory.values(kernel.x);
        int length = parts.pixels(piece);
        int run = parts.run();
        for (int i = 0; i < length; i += run) {
            int count = Math.min(run, length - i);
            pixels.gradientSums(
                    numbers, 0, in, xAt + i * SIZE, kernel.dy.values(), dyAt + i * SIZE, count, numbers, SIZE);
            for (int j = 0; j < 2 * SIZE; j++) {
                totals[j] += numbers[SIZE + j];
            }
        }
    }

    private void settle(int one, int from, int length, int worker) {
        double[] totals = sums[worker];
        for (int block = from; block < from + length; block++) {
            Arrays.fill(totals, 0);
            for (int part = 0; part < parts.inBlock(kernel.batch()); part++) {
                int at = parts.ofBlock(block, part) * 2 * SIZE;
                for (int i = 0; i < 2 * SIZE; i++) {
                    totals[i] += common.of(0)[at + i];
                }
            }
            int to = numbersAt(block);
            for (int i = 0; i < SIZE; i++) {
                settle(block * SIZE + i, totals[i], totals[SIZE + i], to + i);
            }
        }
    }

    private int numbersAt(int block) {
        return 2 * SIZE * parts.count() + block * NUMBERS;
    }

    private void settle(int channel, double sum, double dot, int to) {
        kernel.storeGradients(channel, dot, sum);
        float[] numbers = common.of(0);
        double deviation = kernel.inverseDeviation(channel);
        double scale = kernel.weight(channel) * deviation;
        numbers[to] = kernel.training() ? kernel.mean(channel) : 0;
        numbers[to + SIZE] = (float) scale;
        numbers[to + 2 * SIZE] =
                kernel.training() ? (float) (-scale * deviation * deviation * dot / kernel.count()) : 0;
        numbers[to + 3 * SIZE] = kernel.training() ? (float) (-scale * sum / kernel.count()) : 0;
    }

    private void spread(int group, int from, int length, int worker) {
        for (int piece = from; piece < from + length; piece++) {
            for (int sample = parts.firstSample(group); sample < parts.endSample(group, kernel.batch()); sample++) {
                spread(piece, sample, scratch.of(worker));
            }
        }
    }

    private void spread(int piece, int sample, float[] rooms) {
        float[] numbers = common.of(0);
        int at = numbersAt(parts.block(piece));
        float[] source = kernel.dy.values();
        int dyAt = kernel.dy.at(sample) + parts.at(piece);
        float[] target = kernel.dx.values();
        int dxAt = kernel.dx.at(sample) + parts.at(piece);
        int count = parts.pixels(piece);
        if (kernel.training()) {
            int xAt = (int) kernel.x.at(sample) + parts.at(piece);
            float[] in = CpuMemory.values(kernel.x);
            boolean add = kernel.dx.accumulate();
            pixels.combine(numbers, at, source, dyAt, in, xAt, add, target, dxAt, count);
        } else if (kernel.dx.accumulate()) {
            pixels.addScaled(numbers, at + SIZE, source, dyAt, target, dxAt, count);
        } else {
            Arrays.fill(rooms, 0, NUMBERS, 0);
            System.arraycopy(numbers, at + SIZE, rooms, SIZE, SIZE);
            pixels.normalize(rooms, false, source, dyAt, target, dxAt, count);
        }
    }
}
