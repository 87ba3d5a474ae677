package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;

/** The gradient of a bias, one for each channel: the sum of the output's gradient over samples and positions. */
final class BiasGradient {
    private final Cpu cpu;
    private final Region outputGradient;
    private final int channels;
    private final int area;
    private final Gradient target;
    private final Tiles tiles = this::tile;
    private int batch;

    BiasGradient(Cpu cpu, Region outputGradient, Shape outputShape, Gradient target) {
        this.cpu = cpu;
        this.outputGradient = outputGradient;
        this.channels = outputShape.channels();
        this.area = outputShape.area();
        this.target = target;
    }

    void run(int samples) {
        batch = samples;
        cpu.workers().run(channels, tiles);
    }

    private void tile(int channel, int worker) {
        float[] source = CpuMemory.values(outputGradient);
        double sum = 0;
        for (int sample = 0; sample < batch; sample++) {
            sum += cpu.simd().sum(source, (int) outputGradient.at(sample) + channel * area, area);
        }
        float[] gradient = CpuMemory.values(target.region());
        int at = (int) target.region().offset() + channel;
        gradient[at] = (float) (target.accumulate() ? gradient[at] + sum : sum);
    }
}
