package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.RectifiedGradient;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The gradient of a bias, one for each channel: the sum of the output's gradient over samples and positions. */
final class BiasGradient {
    /** Channels summed by one tile. */
    private static final int CHANNELS = BlockSimd.SIZE;
    /** Below so many floats waking another thread costs more than it brings. */
    private static final int WORTH_SHARING = 1 << 15;
    /** Pixels in channel blocks summed by one register. */
    private static final int RUN = 256;

    private final Cpu cpu;
    private final Region outputGradient;
    private final int channels;
    private final int area;
    private final Gradient target;
    private final float[] sums;
    private final Scratch scratch;
    private final Tiles tiles = this::tile;
    private @Nullable RectifiedGradient given;
    private boolean inBlocks;
    private int batch;

    BiasGradient(Cpu cpu, Region outputGradient, Shape outputShape, Gradient target) {
        this.cpu = cpu;
        this.outputGradient = outputGradient;
        this.channels = outputShape.channels();
        this.area = outputShape.area();
        this.target = target;
        this.sums = cpu.workspace(channels);
        this.scratch = cpu.scratch(CHANNELS);
    }

    /** From now on the sum of each plane may be given with the output's gradient. */
    void take(RectifiedGradient gradient) {
        given = gradient;
    }

    /** The output's gradient lies in channel blocks. */
    void layInBlocks() {
        inBlocks = true;
    }

    void run(int samples) {
        batch = samples;
        int count = (channels + CHANNELS - 1) / CHANNELS;
        long floats = (long) samples * channels * (isGiven() ? 1 : area);
        if (floats < WORTH_SHARING) {
            cpu.workers().runInline(count, tiles);
        } else {
            cpu.workers().run(count, tiles);
        }
    }

    /** Whether the sums of planes are given, for a profile. */
    String algorithm() {
        return given == null ? "" : KernelPart.GIVEN;
    }

    private boolean isGiven() {
        return given != null && given.isThere();
    }

    private void tile(int tile, int worker) {
        int first = tile * CHANNELS;
        int count = Math.min(CHANNELS, channels - first);
        if (given != null && given.isThere()) {
            given.addUp(batch, sums, first, count);
        } else {
            addUp(first, count, worker);
        }
        float[] gradient = CpuMemory.values(target.region());
        int to = (int) target.region().offset() + first;
        if (target.accumulate()) {
            cpu.simd().add(sums, first, gradient, to, count);
        } else {
            System.arraycopy(sums, first, gradient, to, count);
        }
    }

    private void addUp(int first, int count, int worker) {
        float[] source = CpuMemory.values(outputGradient);
        Arrays.fill(sums, first, first + count, 0f);
        for (int sample = 0; sample < batch; sample++) {
            int at = (int) outputGradient.at(sample) + first * area;
            if (area == 1) {
                cpu.simd().add(source, at, sums, first, count);
                continue;
            }
            if (inBlocks) {
                addUpBlock(source, at, first, worker);
                continue;
            }
            for (int channel = 0; channel < count; channel++) {
                sums[first + channel] += cpu.simd().sum(source, at + channel * area, area);
            }
        }
    }

    /** Of a block of channels, a pixel's side by side; in runs, whose sums lose little of what is small. */
    private void addUpBlock(float[] source, int at, int first, int worker) {
        float[] means = scratch.of(worker);
        PixelSimd simd = cpu.simd().blocks().orElseThrow().pixels();
        for (int pixel = 0; pixel < area; pixel += RUN) {
            int pixels = Math.min(RUN, area - pixel);
            simd.mean(source, at + pixel * CHANNELS, pixels, means, 0);
            for (int channel = 0; channel < CHANNELS; channel++) {
                sums[first + channel] += means[channel] * pixels;
            }
        }
    }
}
