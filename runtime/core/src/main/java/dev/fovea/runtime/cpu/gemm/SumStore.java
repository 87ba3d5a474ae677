package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;

/** Stores the sums of a {@link GatherProduct}'s tiles where they go, finished. */
final class SumStore {
    private final Simd simd;
    private final GatherTarget target;
    private final Finish finish;

    SumStore(Simd simd, GatherTarget target, Finish finish) {
        this.simd = simd;
        this.target = target;
        this.finish = finish;
    }

    /**
     * Stores columns of a tile that lie together in each plane of the output.
     *
     * @param sample they belong to
     * @param place of the first of them in the sample's first of these channels
     * @param rowCount channels
     * @param sumsAt of the first column of the first channel, {@code stride} from one channel to the next
     */
    void store(float[] work, int sumsAt, int stride, int rowCount, int sample, int place, int length) {
        float[] output = CpuMemory.values(target.region());
        int to = (int) target.region().at(sample) + place;
        Region residual = finish.residual();
        if (residual == null) {
            for (int row = 0; row < rowCount; row++) {
                store(work, sumsAt + row * stride, output, to + row * target.planeArea(), length);
            }
            return;
        }
        float[] values = CpuMemory.values(residual);
        int added = (int) residual.at(sample) + place;
        for (int row = 0; row < rowCount; row++) {
            int further = row * target.planeArea();
            add(work, sumsAt + row * stride, values, added + further, output, to + further, length);
        }
    }

    private void add(float[] work, int from, float[] added, int addedAt, float[] output, int to, int length) {
        if (target.accumulate()) {
            simd.add(added, addedAt, work, from, length);
            store(work, from, output, to, length);
        } else {
            finish.activation().applyToSum(simd, added, addedAt, work, from, output, to, length);
        }
    }

    private void store(float[] work, int from, float[] output, int to, int length) {
        int step = target.columnStep();
        if (step == 1 && !target.accumulate()) {
            finish.activation().apply(work, from, output, to, length);
            return;
        }
        finish.activation().apply(work, from, length);
        if (step == 1) {
            simd.add(work, from, output, to, length);
        } else if (target.accumulate()) {
            for (int i = 0; i < length; i++) {
                output[to + i * step] += work[from + i];
            }
        } else {
            for (int i = 0; i < length; i++) {
                output[to + i * step] = work[from + i];
            }
        }
    }
}
