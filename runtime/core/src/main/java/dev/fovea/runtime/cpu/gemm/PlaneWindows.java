package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.ConvolutionWay;

/** When a grouped convolution is to be computed plane by plane, and what its passes have in common. */
final class PlaneWindows {
    /** Groups that are enough to share the work among: the gradient of the weight is cut by them. */
    private static final int ENOUGH_GROUPS = 4;

    /** With more channels on a side of a group a product of matrices uses what it reads more often. */
    private static final int FEW_CHANNELS = 4;

    /** Below so many multiply-adds a tile is not worth handing out. */
    private static final int WORTH_A_TILE = 1 << 18;

    private PlaneWindows() {}

    /**
     * Whether it is: few channels in a group, and enough groups.
     *
     * @param way what is asked for
     * @param inputs channels of all groups
     * @param outputs channels of all groups
     */
    static boolean fit(ConvolutionWay way, int groups, int inputs, int outputs) {
        return way != ConvolutionWay.GATHERED
                && groups >= ENOUGH_GROUPS
                && inputs <= FEW_CHANNELS * groups
                && outputs <= FEW_CHANNELS * groups;
    }

    /** How many pieces of work of this size make a tile. */
    static int together(long multiplyAdds) {
        return (int) Math.max(1, WORTH_A_TILE / Math.max(1, multiplyAdds));
    }
}
