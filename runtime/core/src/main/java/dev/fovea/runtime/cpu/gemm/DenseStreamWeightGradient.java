package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.StreamSimd;

/** {@link DenseWeightGradient} as {@link DenseStream}: a tile is some rows of the weight, which are written once, eight at a time from end to end. */
final class DenseStreamWeightGradient implements DensePass {
    private final Cpu cpu;
    private final StreamSimd simd;
    private final DenseShape shape;
    private final Region input;
    private final Gradient target;
    private final int units;
    /** The inputs that fill registers. */
    private final int whole;

    private final SamplePanel gradients;
    private final Tiles tiles = this::tile;
    private int batch;

    DenseStreamWeightGradient(Cpu cpu, DenseShape shape, Region outputGradient, Region input, Gradient target) {
        this.cpu = cpu;
        this.simd = cpu.simd().streams().orElseThrow();
        this.shape = shape;
        this.input = input;
        this.target = target;
        units = shape.streamedUnits(StreamSimd.ROWS);
        whole = shape.inputs() / simd.columns() * simd.columns();
        gradients = new SamplePanel(cpu, simd, outputGradient, shape.units());
    }

    @Override
    public String algorithm() {
        return "stream";
    }

    @Override
    public void run(int count) {
        batch = count;
        gradients.fill(count);
        cpu.workers().run((shape.units() + units - 1) / units, tiles);
    }

    private void tile(int tile, int worker) {
        int end = Math.min(shape.units(), (tile + 1) * units);
        for (int unit = tile * units; unit < end; unit += StreamSimd.ROWS) {
            int rows = Math.min(StreamSimd.ROWS, end - unit);
            simd.multiplySamples(
                    rows,
                    target.accumulate(),
                    batch,
                    gradients.values(),
                    unit * simd.lanes(),
                    CpuMemory.values(input),
                    (int) input.offset(),
                    (int) input.stride(),
                    whole,
                    CpuMemory.values(target.region()),
                    (int) target.region().offset() + unit * shape.inputs(),
                    shape.inputs());
            rest(unit, rows);
        }
    }

    /** The inputs behind the last whole registers. */
    private void rest(int unit, int rows) {
        float[] x = CpuMemory.values(input);
        float[] y = gradients.values();
        float[] to = CpuMemory.values(target.region());
        for (int row = unit; row < unit + rows; row++) {
            int at = (int) target.region().offset() + row * shape.inputs();
            for (int n = whole; n < shape.inputs(); n++) {
                float sum = target.accumulate() ? to[at + n] : 0;
                for (int sample = 0; sample < batch; sample++) {
                    sum += y[row * simd.lanes() + sample] * x[(int) input.at(sample) + n];
                }
                to[at + n] = sum;
            }
        }
    }
}
