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
 * The gradient of a dense layer's input, {@code dX[b, n] = Σ_u dY[b, u]·W[u, n]}: inputs side by side, samples one below
 * the other; a tile is some inputs of all samples.
 */
final class DenseInputGradient implements DensePass {
    /** Units in a block of the sum: a tile's panels of them fit the second-level cache. */
    private static final int BLOCK = 128;

    private final Cpu cpu;
    private final MatrixSimd simd;
    private final DenseShape shape;
    private final Region outputGradient;
    private final Region weight;
    private final Gradient target;
    private final int width;
    private final int columns;
    private final int[] gradientRows;
    private final Panels panels;
    private final int sumsAt;
    private final Scratch scratch;
    private final Tiles tiles = this::tile;
    private int batch;

    DenseInputGradient(Cpu cpu, DenseShape shape, Region outputGradient, Region weight, Gradient target) {
        this.cpu = cpu;
        this.simd = cpu.simd().matrix();
        this.shape = shape;
        this.outputGradient = outputGradient;
        this.weight = weight;
        this.target = target;
        width = simd.columns();
        columns = shape.columnsOfTile((long) shape.units() * shape.capacity(), width);
        gradientRows = RowGroups.offsets(shape.capacity(), (int) outputGradient.stride());
        panels = new Panels(simd, RowGroups.offsets(shape.units(), shape.inputs()), columns, BLOCK);
        sumsAt = Math.toIntExact(Panels.size(simd, columns, BLOCK));
        scratch = cpu.scratch(sumsAt + (long) shape.capacity() * columns);
    }

    @Override
    public void run(int samples) {
        batch = samples;
        cpu.workers().run((shape.inputs() + columns - 1) / columns, tiles);
    }

    private void tile(int tile, int worker) {
        int first = tile * columns;
        int count = Math.min(columns, shape.inputs() - first);
        float[] work = scratch.of(worker);
        Arrays.fill(work, sumsAt, sumsAt + batch * columns, 0f);
        float[] gradients = CpuMemory.values(outputGradient);
        for (int block = 0; block < shape.units(); block += BLOCK) {
            int depth = Math.min(BLOCK, shape.units() - block);
            int gradientAt = (int) outputGradient.offset() + block;
            panels.copy(CpuMemory.values(weight), (int) weight.offset() + first, block, depth, count, work, 0);
            for (int panel = 0; panel * width < count; panel++) {
                int panelAt = panel * panels.stride();
                int used = Math.min(width, count - panel * width);
                for (int sample = 0; sample < batch; ) {
                    int rows = RowGroups.next(simd, batch - sample);
                    int sumAt = sumsAt + sample * columns + panel * width;
                    simd.multiplyUsed(
                            rows,
                            used,
                            gradients,
                            gradientAt,
                            gradientRows,
                            sample,
                            work,
                            panelAt,
                            depth,
                            work,
                            sumAt,
                            columns);
                    sample += rows;
                }
            }
        }
        store(first, count, work);
    }

    private void store(int first, int count, float[] work) {
        float[] to = CpuMemory.values(target.region());
        for (int sample = 0; sample < batch; sample++) {
            int at = (int) target.region().at(sample) + first;
            if (target.accumulate()) {
                cpu.simd().add(work, sumsAt + sample * columns, to, at, count);
            } else {
                System.arraycopy(work, sumsAt + sample * columns, to, at, count);
            }
        }
    }
}
