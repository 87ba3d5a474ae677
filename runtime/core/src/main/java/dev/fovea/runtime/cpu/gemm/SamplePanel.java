package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.StreamSimd;
import java.util.Arrays;

/** A tensor of few samples turned around, {@code [numbers, lanes]}, with zeros for the samples that there are not. In memory that the threads share. */
final class SamplePanel {
    /** Numbers turned around at a time. */
    private static final int TURN = 256;

    private final Cpu cpu;
    private final Region source;
    private final int numbers;
    private final int lanes;
    private final Scratch panel;
    private final Tiles turn = this::turn;
    private int batch;

    /**
     * Takes the room.
     *
     * @param source whose samples are turned around, at most as many as a register has lanes
     * @param numbers of a sample
     */
    SamplePanel(Cpu cpu, StreamSimd simd, Region source, int numbers) {
        this.cpu = cpu;
        this.source = source;
        this.numbers = numbers;
        lanes = simd.lanes();
        panel = cpu.common((long) numbers * lanes);
    }

    /** Turns the first samples around. */
    void fill(int samples) {
        batch = samples;
        cpu.workers().run((numbers + TURN - 1) / TURN, turn);
    }

    /** The panel; the first number's samples come first. */
    float[] values() {
        return panel.of(0);
    }

    private void turn(int tile, int worker) {
        int first = tile * TURN;
        int end = Math.min(numbers, first + TURN);
        float[] to = panel.of(0);
        Arrays.fill(to, first * lanes, end * lanes, 0f);
        float[] from = CpuMemory.values(source);
        for (int sample = 0; sample < batch; sample++) {
            int at = (int) source.at(sample);
            for (int n = first; n < end; n++) {
                to[n * lanes + sample] = from[at + n];
            }
        }
    }
}
