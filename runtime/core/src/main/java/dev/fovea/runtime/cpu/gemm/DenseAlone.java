package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Region;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The forward product of a dense layer for one sample: its weight times a vector, the weight read once and as it lies. */
final class DenseAlone implements DensePass {
    /** Units are multiplied so many at a time. */
    private static final int TOGETHER = 4;

    private final Cpu cpu;
    private final DenseShape shape;
    private final Region input;
    private final Region weight;
    private final @Nullable Region bias;
    private final Region output;
    private final Activation activation;
    private final int units;
    private final Tiles tiles = this::tile;

    DenseAlone(
            Cpu cpu,
            DenseShape shape,
            Region input,
            Region weight,
            @Nullable Region bias,
            Region output,
            Activation activation) {
        this.cpu = cpu;
        this.shape = shape;
        this.input = input;
        this.weight = weight;
        this.bias = bias;
        this.output = output;
        this.activation = activation;
        units = shape.unitsOfTile(TOGETHER);
    }

    @Override
    public String algorithm() {
        return "vector";
    }

    @Override
    public void run(int samples) {
        cpu.workers().run((shape.units() + units - 1) / units, tiles);
    }

    private void tile(int tile, int worker) {
        int first = tile * units;
        int count = Math.min(units, shape.units() - first);
        float[] target = CpuMemory.values(output);
        int to = (int) output.offset() + first;
        if (bias == null) {
            Arrays.fill(target, to, to + count, 0f);
        } else {
            System.arraycopy(CpuMemory.values(bias), (int) bias.offset() + first, target, to, count);
        }
        int inputs = shape.inputs();
        cpu.simd()
                .matrix()
                .addDotProducts(
                        CpuMemory.values(input),
                        (int) input.offset(),
                        CpuMemory.values(weight),
                        (int) weight.offset() + first * inputs,
                        inputs,
                        count,
                        inputs,
                        target,
                        to);
        activation.apply(target, to, count);
    }
}
