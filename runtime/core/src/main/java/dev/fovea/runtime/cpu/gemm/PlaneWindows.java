package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.cpu.Cpu;

/** When a grouped convolution is to be computed plane by plane, and what its passes have in common. */
final class PlaneWindows {
    /** Groups that are enough to share the work among: the gradient of the weight is cut by them. */
    private static final int ENOUGH_GROUPS = 4;

    /** Below so many multiply-adds a tile is not worth handing out. */
    private static final int WORTH_A_TILE = 1 << 18;

    private PlaneWindows() {}

    /**
     * Whether it is: few channels in a group, and enough groups.
     *
     * @param way what is asked for
     * @param most the most channels on a side of a group: of more a product of matrices uses what it reads more often
     * @param inputs channels of all groups
     * @param outputs channels of all groups
     */
    static boolean fit(ConvolutionWay way, int most, int groups, int inputs, int outputs) {
        return way != ConvolutionWay.GATHERED
                && groups >= ENOUGH_GROUPS
                && inputs <= most * groups
                && outputs <= most * groups;
    }

    /** The same of a product, by what the loops of this machine are good at. */
    static boolean fit(Cpu cpu, int groups, int inputs, int outputs) {
        return fit(cpu.convolutions(), cpu.simd().planes().mostChannels(), groups, inputs, outputs);
    }

    /** How many pieces of work of this size make a tile. */
    static int together(long multiplyAdds) {
        return (int) Math.max(1, WORTH_A_TILE / Math.max(1, multiplyAdds));
    }
}
