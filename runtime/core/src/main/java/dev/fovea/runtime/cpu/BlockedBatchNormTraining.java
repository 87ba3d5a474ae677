package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;
import java.util.Arrays;

/**
 * Batch normalisation by the batch's own statistics of tensors in channel blocks. Each part of a block gives, of its n pixels, a centre c close to their mean, Σ(x − c) and Σ(x − c)²; of these
 * come the mean m = Σ(n·c + Σ(x − c))/Σn and
 *
 * <pre>Σ(x − m)² = Σ(Σ(x − c)² + 2·(c − m)·Σ(x − c) + n·(c − m)²)</pre>
 *
 * in double. Within a part short runs of pixels are summed up in single precision around their own means, and the runs in double.
 *
 * <p>Floor for N floats: forward reads 2·N and writes N.
 */
final class BlockedBatchNormTraining {
    private static final int SIZE = BlockSimd.SIZE;
    /** What a part gives: centres, sums, squares. */
    private static final int NUMBERS = 3 * SIZE;

    private final BatchNormKernel kernel;
    private final BlockedBatchNorm inference;
    private final PixelSimd pixels;
    private final BlockParts parts;
    private final Scratch scratch;
    private final Scratch common;
    private final double[][] sums;
    private final Elementwise measure;
    private final Elementwise learn;
    private final Elementwise normalize;

    BlockedBatchNormTraining(BatchNormKernel kernel, BlockedBatchNorm inference, BlockParts parts, Cpu cpu) {
        this.kernel = kernel;
        this.inference = inference;
        this.parts = parts;
        pixels = BlockRows.pixels(cpu.simd());
        scratch = cpu.scratch(NUMBERS);
        common = cpu.common((long) NUMBERS * parts.count());
        sums = new double[cpu.workers().threads()][2 * SIZE];
        measure = parts.loop(this::measure);
        learn = new Elementwise(cpu.workers(), parts.blocks(), parts.weight(), 1, this::learn);
        normalize = parts.loop(this::normalize);
    }

    void forward() {
        int groups = parts.groups(kernel.batch());
        measure.run(groups);
        learn.run(1);
        normalize.run(groups);
    }

    private void measure(int group, int from, int length, int worker) {
        for (int piece = from; piece < from + length; piece++) {
            Arrays.fill(sums[worker], 0);
            for (int sample = parts.firstSample(group); sample < parts.endSample(group, kernel.batch()); sample++) {
                measure(piece, (int) kernel.x.at(sample) + parts.at(piece), scratch.of(worker), sums[worker]);
            }
            int count = parts.pixels(group, piece, kernel.batch());
            keep(sums[worker], count, common.of(0), parts.part(group, piece) * NUMBERS);
        }
    }

    private void measure(int piece, int at, float[] numbers, double[] totals) {
        float[] in = CpuMemory.values(kernel.x);
        int length = parts.pixels(piece);
        int run = parts.run();
        for (int i = 0; i < length; i += run) {
            int count = Math.min(run, length - i);
            pixels.mean(in, at + i * SIZE, count, numbers, 0);
            pixels.moments(numbers, 0, in, at + i * SIZE, count, numbers, SIZE);
            addUp(numbers, count, totals);
        }
    }

    /** Σx and Σx² of a run from those of the distances from its centre: the doubles lose nothing that the floats had. */
    private static void addUp(float[] numbers, int count, double[] totals) {
        for (int i = 0; i < SIZE; i++) {
            double centre = numbers[i];
            double sum = numbers[SIZE + i];
            totals[i] += count * centre + sum;
            totals[SIZE + i] += numbers[2 * SIZE + i] + centre * (2 * sum + count * centre);
        }
    }

    private static void keep(double[] totals, int count, float[] numbers, int at) {
        for (int i = 0; i < SIZE; i++) {
            float centre = (float) (totals[i] / count);
            double sum = totals[i] - (double) count * centre;
            numbers[at + i] = centre;
            numbers[at + SIZE + i] = (float) sum;
            numbers[at + 2 * SIZE + i] = (float) (totals[SIZE + i] - centre * (2 * sum + (double) count * centre));
        }
    }

    private void learn(int one, int from, int length, int worker) {
        for (int block = from; block < from + length; block++) {
            double[] means = sums[worker];
            Arrays.fill(means, 0);
            for (int part = 0; part < parts.inBlock(kernel.batch()); part++) {
                int at = parts.ofBlock(block, part) * NUMBERS;
                addMeans(common.of(0), at, parts.pixelsOfBlock(part, kernel.batch()), means);
            }
            for (int i = 0; i < SIZE; i++) {
                means[i] /= kernel.count();
            }
            for (int part = 0; part < parts.inBlock(kernel.batch()); part++) {
                int at = parts.ofBlock(block, part) * NUMBERS;
                addSquares(common.of(0), at, parts.pixelsOfBlock(part, kernel.batch()), means);
            }
            for (int i = 0; i < SIZE; i++) {
                kernel.learn(block * SIZE + i, means[i], (float) means[i], means[SIZE + i]);
            }
        }
    }

    private static void addMeans(float[] numbers, int at, int count, double[] means) {
        for (int i = 0; i < SIZE; i++) {
            means[i] += (double) count * numbers[at + i] + numbers[at + SIZE + i];
        }
    }

    /** Around the mean as a float, which is what is subtracted in the end. */
    private static void addSquares(float[] numbers, int at, int count, double[] means) {
        for (int i = 0; i < SIZE; i++) {
            double apart = numbers[at + i] - (double) (float) means[i];
            double sum = numbers[at + SIZE + i];
            means[SIZE + i] += numbers[at + 2 * SIZE + i] + apart * (2 * sum + count * apart);
        }
    }

    private void normalize(int group, int from, int length, int worker) {
        float[] numbers = scratch.of(worker);
        for (int piece = from; piece < from + length; piece++) {
            for (int i = 0; i < SIZE; i++) {
                kernel.numbers(parts.block(piece) * SIZE + i, numbers, i, SIZE);
            }
            for (int sample = parts.firstSample(group); sample < parts.endSample(group, kernel.batch()); sample++) {
                inference.normalize(numbers, sample, parts.at(piece), parts.pixels(piece));
            }
        }
    }
}
