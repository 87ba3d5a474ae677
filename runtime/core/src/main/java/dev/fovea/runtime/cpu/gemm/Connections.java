package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Conv;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.kernels.Gradient;
import java.util.Arrays;
import java.util.List;

/** A convolution's connection table: what it leaves out of the weight is never read and gets no gradient. */
final class Connections {
    private final boolean[] connected;
    private final int area;
    private final float[] seen;
    private final float[] noted;

    /**
     * The table of an operator.
     *
     * @param weight the shape of its weight
     */
    Connections(Cpu cpu, Conv op, Shape weight) {
        int inputs = weight.extent(1);
        List<List<Integer>> table = op.connections();
        connected = new boolean[table.size() * inputs];
        for (int output = 0; output < table.size(); output++) {
            for (int input : table.get(output)) {
                connected[output * inputs + input] = true;
            }
        }
        area = weight.extent(2) * weight.extent(3);
        seen = cpu.workspace(weight.size());
        noted = cpu.workspace(weight.size());
    }

    /** A copy of the weight with zeros where nothing is connected, from index 0 on. */
    float[] seen(float[] weight, int at) {
        for (int pair = 0; pair < connected.length; pair++) {
            if (connected[pair]) {
                System.arraycopy(weight, at + pair * area, seen, pair * area, area);
            }
        }
        return seen;
    }

    /** Notes what the gradient is where nothing is connected, before {@link #restoreUnseen}. */
    void noteUnseen(Gradient gradient) {
        float[] values = CpuMemory.values(gradient.region());
        System.arraycopy(values, (int) gradient.region().offset(), noted, 0, noted.length);
    }

    /** Undoes a change of the gradient where nothing is connected: it has been added 0 to, or is 0. */
    void restoreUnseen(Gradient gradient) {
        float[] values = CpuMemory.values(gradient.region());
        int at = (int) gradient.region().offset();
        for (int pair = 0; pair < connected.length; pair++) {
            if (!connected[pair] && gradient.accumulate()) {
                System.arraycopy(noted, pair * area, values, at + pair * area, area);
            } else if (!connected[pair]) {
                Arrays.fill(values, at + pair * area, at + (pair + 1) * area, 0f);
            }
        }
    }
}
