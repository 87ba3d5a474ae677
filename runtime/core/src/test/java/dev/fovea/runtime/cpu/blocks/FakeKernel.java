package dev.fovea.runtime.cpu.blocks;

import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.List;

/** Computes nothing, and remembers what it was told. */
final class FakeKernel implements Blockable {
    private final boolean can;
    private final boolean reorders;
    private final double gain;
    private final List<Region> besides;
    private double turning;
    private String laid = "planar";

    FakeKernel(boolean can, boolean reorders, double gain, List<Region> besides) {
        this.can = can;
        this.reorders = reorders;
        this.gain = gain;
        this.besides = besides;
    }

    /** What it costs where only one side is in blocks; this. */
    FakeKernel turning(double cost) {
        turning = cost;
        return this;
    }

    /** {@code planar}, or what is in blocks: {@code input}, {@code output}, {@code both}. */
    String laid() {
        return laid;
    }

    @Override
    public boolean canBlock() {
        return can;
    }

    @Override
    public boolean reorders() {
        return reorders;
    }

    @Override
    public double gain(boolean inputInBlocks, boolean outputInBlocks) {
        return gain - (inputInBlocks && outputInBlocks ? 0 : turning);
    }

    @Override
    public List<Region> besides() {
        return besides;
    }

    @Override
    public void lay(boolean inputInBlocks, boolean outputInBlocks) {
        laid = inputInBlocks && outputInBlocks
                ? "both"
                : inputInBlocks ? "input" : outputInBlocks ? "output" : "neither";
    }

    @Override
    public void forward(Run run) {}

    @Override
    public void backward(Run run) {}
}
