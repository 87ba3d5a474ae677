package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.MatrixSimd;
import java.util.Arrays;

/**
 * The gradient of a dense layer's weight, {@code dW[u, n] = Σ_b dY[b, u]·X[b, n]}: inputs side by side, units one below
 * the other. The output's gradient is turned around first; a tile is a rectangle of the weight.
 */
final class DenseWeightGradient {
    /** Samples in a block of the sum. */
    private static final int BLOCK = 256;
    /** The most units of a tile. */
    private static final int UNITS = 192;
    /** Units turned around at a time. */
    private static final int TURN = 64;

    private final Cpu cpu;
    private final MatrixSimd simd;
    private final DenseShape shape;
    private final Region outputGradient;
    private final Region input;
    private final Gradient target;
    private final int width;
    private final int units;
    private final int columns;
    private final int[] gradientRows;
    private final Panels panels;
    private final int sumsAt;
    private final Scratch turned;
    private final Scratch scratch;
    private final Tiles turn = this::turn;
    private final Tiles multiply = this::multiply;
    private int batch;

    DenseWeightGradient(Cpu cpu, DenseShape shape, Region outputGradient, Region input, Gradient target) {
        this.cpu = cpu;
        this.simd = cpu.simd().matrix();
        this.shape = shape;
        this.outputGradient = outputGradient;
        this.input = input;
        this.target = target;
        width = simd.columns();
        units = Math.min(UNITS, shape.units());
        columns = DenseShape.tile((long) units * shape.capacity(), width, 8 * width);
        gradientRows = RowGroups.offsets(shape.units(), shape.capacity());
        panels = new Panels(simd, RowGroups.offsets(shape.capacity(), (int) input.stride()));
        turned = cpu.common((long) shape.units() * shape.capacity());
        sumsAt = Math.min(BLOCK, shape.capacity()) * width + simd.piece();
        scratch = cpu.scratch(sumsAt + (long) units * columns);
    }

    void run(int samples) {
        batch = samples;
        cpu.workers().run((shape.units() + TURN - 1) / TURN, turn);
        cpu.workers().run(unitTiles() * ((shape.inputs() + columns - 1) / columns), multiply);
    }

    private int unitTiles() {
        return (shape.units() + units - 1) / units;
    }

    private void turn(int tile, int worker) {
        int first = tile * TURN;
        int end = Math.min(shape.units(), first + TURN);
        float[] source = CpuMemory.values(outputGradient);
        float[] rows = turned.of(0);
        for (int sample = 0; sample < batch; sample++) {
            int from = (int) outputGradient.at(sample);
            for (int unit = first; unit < end; unit++) {
                rows[unit * shape.capacity() + sample] = source[from + unit];
            }
        }
    }

    private void multiply(int tile, int worker) {
        int firstUnit = tile % unitTiles() * units;
        int unitCount = Math.min(units, shape.units() - firstUnit);
        int first = tile / unitTiles() * columns;
        int count = Math.min(columns, shape.inputs() - first);
        float[] work = scratch.of(worker);
        Arrays.fill(work, sumsAt, sumsAt + unitCount * columns, 0f);
        for (int block = 0; block < batch; block += BLOCK) {
            int depth = Math.min(BLOCK, batch - block);
            for (int column = 0; column < count; column += width) {
                int from = (int) input.offset() + first + column;
                panels.copy(CpuMemory.values(input), from, block, depth, Math.min(width, count - column), work, 0);
                for (int unit = 0; unit < unitCount; ) {
                    int rows = RowGroups.next(simd, unitCount - unit);
                    int sumAt = sumsAt + unit * columns + column;
                    int row = firstUnit + unit;
                    simd.multiply(rows, turned.of(0), block, gradientRows, row, work, 0, depth, work, sumAt, columns);
                    unit += rows;
                }
            }
        }
        store(firstUnit, unitCount, first, count, work);
    }

    private void store(int firstUnit, int unitCount, int first, int count, float[] work) {
        float[] to = CpuMemory.values(target.region());
        for (int unit = 0; unit < unitCount; unit++) {
            int at = (int) target.region().offset() + (firstUnit + unit) * shape.inputs() + first;
            if (target.accumulate()) {
                cpu.simd().add(work, sumsAt + unit * columns, to, at, count);
            } else {
                System.arraycopy(work, sumsAt + unit * columns, to, at, count);
            }
        }
    }
}
