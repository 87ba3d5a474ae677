package dev.fovea.runtime.cpu;

import dev.fovea.ops.Rearrangement;
import dev.fovea.ops.Rearranging;
import dev.fovea.ops.Slice;
import dev.fovea.runtime.cpu.blocks.AnyOrder;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * Operators that only move elements, see {@link Rearrangement}: slices, paddings, crops, shuffles, repetitions. Forward
 * gathers, a channel of the output a tile; backward adds what each element of the output got to where that came from, a
 * slot of the input a tile, always in the output's order. Lines that lie together in both are copied whole.
 *
 * <p>Floor for an input of N and an output of M floats: forward reads at most N and writes M; backward reads M and writes N.
 */
final class RearrangeKernel implements AnyOrder {
    private final Simd simd;
    private final Rearrangement map;
    private final boolean blocks;
    private final RearrangeLine line;
    private final int lines;
    private final int slot;
    private final int[][] readers;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final Elementwise forward;
    private final Elementwise backward;

    RearrangeKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        map = ((Rearranging) binding.op()).rearrangement(binding.input().shape());
        blocks = isWholeBlocks(binding);
        boolean whole = isOneRun(map);
        lines = whole ? 1 : map.rows();
        line = whole ? RearrangeLine.run(map.columns() * map.rows(), map.column(0)) : RearrangeLine.of(map);
        slot = map.slot();
        int slots = (int) (binding.input().shape().size() / slot);
        readers = readers(map, slots);
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        forward = Elementwise.channels(cpu.workers(), map.channels(), lines * line.length(), this::forward);
        backward = Elementwise.channels(cpu.workers(), slots, slot, this::backward);
    }

    /** Whether it keeps blocks of channels that follow one another: they lie together in either order, at the same place. */
    private static boolean isWholeBlocks(Binding binding) {
        return binding.op() instanceof Slice slice
                && slice.axis() == 0
                && slice.step() == 1
                && slice.from() % BlockSimd.SIZE == 0
                && binding.output().shape().channels() % BlockSimd.SIZE == 0;
    }

    /** Whether the rows of a channel follow one another in the input as they do in the output. */
    private static boolean isOneRun(Rearrangement map) {
        for (int column = 0; column < map.columns(); column++) {
            if (map.column(column) < 0 || map.column(column) != map.column(0) + column) {
                return false;
            }
        }
        for (int row = 0; row < map.rows(); row++) {
            if (map.row(row) < 0 || map.row(row) != map.row(0) + row * map.columns()) {
                return false;
            }
        }
        return true;
    }

    /** For each slot the channels of the output that read it, in their order. */
    private static int[][] readers(Rearrangement map, int slots) {
        int[][] readers = new int[slots][0];
        for (int channel = 0; channel < map.channels(); channel++) {
            if (map.channel(channel) >= 0) {
                int of = map.channel(channel) / map.slot();
                readers[of] = Arrays.copyOf(readers[of], readers[of].length + 1);
                readers[of][readers[of].length - 1] = channel;
            }
        }
        return readers;
    }

    @Override
    public boolean canBlock() {
        return blocks;
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dx.wanted() && dy.wanted()) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] in = CpuMemory.values(x);
        float[] out = CpuMemory.values(y);
        int plane = lines * line.length();
        for (int channel = from; channel < from + length; channel++) {
            int outAt = (int) y.at(sample) + channel * plane;
            if (map.channel(channel) < 0) {
                Arrays.fill(out, outAt, outAt + plane, 0);
                continue;
            }
            int slotAt = (int) x.at(sample) + map.channel(channel);
            for (int row = 0; row < lines; row++) {
                if (map.row(row) < 0) {
                    Arrays.fill(out, outAt, outAt + line.length(), 0);
                } else {
                    line.gather(in, slotAt + map.row(row), out, outAt);
                }
                outAt += line.length();
            }
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        for (int of = from; of < from + length; of++) {
            int[] channels = readers[of];
            if (channels.length == 1 && lines == 1 && line.isRun(slot)) {
                dx.receive(simd, sample, of * slot, dy.values(), dy.at(sample) + channels[0] * slot, slot);
                continue;
            }
            dx.clear(sample, of * slot, slot);
            for (int channel : channels) {
                addPlane(sample, channel, dx.at(sample) + of * slot);
            }
        }
    }

    private void addPlane(int sample, int channel, int slotAt) {
        int at = dy.at(sample) + channel * lines * line.length();
        for (int row = 0; row < lines; row++) {
            if (map.row(row) >= 0) {
                line.scatter(simd, dy.values(), at, dx.values(), slotAt + map.row(row));
            }
            at += line.length();
        }
    }
}
