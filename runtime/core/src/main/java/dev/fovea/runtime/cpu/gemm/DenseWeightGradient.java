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
 * the other. The output's gradient is turned around first; a tile is a rectangle of the weight, summed where it lies.
 */
final class DenseWeightGradient implements DensePass {
    /** Samples in a block of the sum. */
    private static final int BLOCK = 256;
    /** The most units of a tile. */
    private static final int UNITS = 96;
    /** The most floats of a tile's panels, so that they stay in the second-level cache. */
    private static final int PANEL_FLOATS = 1 << 15;
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
    private final int restAt;
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
        int block = Math.min(BLOCK, shape.capacity());
        int most = Math.max(width, PANEL_FLOATS / block / width * width);
        columns = Math.min(most, shape.columnsOfTile((long) units * shape.capacity(), width));
        gradientRows = RowGroups.offsets(shape.units(), shape.capacity());
        panels = new Panels(simd, RowGroups.offsets(shape.capacity(), (int) input.stride()), columns, block);
        turned = cpu.common((long) shape.units() * shape.capacity());
        restAt = Math.toIntExact(Panels.size(simd, columns, block));
        scratch = cpu.scratch(restAt + (long) simd.tileRows() * width);
    }

    @Override
    public void run(int samples) {
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
        for (int block = 0; block < batch; block += BLOCK) {
            int depth = Math.min(BLOCK, batch - block);
            panels.copy(CpuMemory.values(input), (int) input.offset() + first, block, depth, count, work, 0);
            boolean begin = block == 0 && !target.accumulate();
            for (int unit = 0; unit < unitCount; ) {
                int rows = RowGroups.next(simd, unitCount - unit);
                multiply(firstUnit + unit, rows, first, count, block, depth, begin, work);
                unit += rows;
            }
        }
    }

    /** Adds the terms of a block to some rows of the weight's gradient. */
    private void multiply(int unit, int rows, int first, int count, int block, int depth, boolean begin, float[] work) {
        float[] to = CpuMemory.values(target.region());
        int at = (int) target.region().offset() + unit * shape.inputs() + first;
        int whole = count / width * width;
        if (begin) {
            for (int row = 0; row < rows; row++) {
                int from = at + row * shape.inputs();
                Arrays.fill(to, from, from + count, 0f);
            }
        }
        float[] gradients = turned.of(0);
        for (int column = 0; column < whole; column += width) {
            int panelAt = column / width * panels.stride();
            simd.multiply(
                    rows, gradients, block, gradientRows, unit, work, panelAt, depth, to, at + column, shape.inputs());
        }
        if (whole < count) {
            Arrays.fill(work, restAt, restAt + rows * width, 0f);
            int panelAt = whole / width * panels.stride();
            int used = count - whole;
            simd.multiplyUsed(
                    rows, used, gradients, block, gradientRows, unit, work, panelAt, depth, work, restAt, width);
            for (int row = 0; row < rows; row++) {
                int from = at + row * shape.inputs() + whole;
                cpu.simd().add(work, restAt + row * width, to, from, count - whole);
            }
        }
    }
}
