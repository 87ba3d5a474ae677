package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Window;
import dev.fovea.runtime.cpu.ConvolutionWay;

/** When a grouped convolution is to be computed plane by plane, and what its passes have in common. */
final class PlaneWindows {
    /** Groups that are enough to share the work among: the gradient of the weight is cut by them. */
    private static final int ENOUGH_GROUPS = 4;

    /** With more channels on a side of a group a product of matrices uses what it reads more often. */
    private static final int FEW_CHANNELS = 4;

    /** Below so many multiply-adds a tile is not worth handing out. */
    private static final int WORTH_A_TILE = 1 << 18;

    /** The window's side for which two rows of outputs are computed at a time. */
    private static final int PAIRED = 3;

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

    /** Whether rows of outputs are to be computed two at a time, see {@link dev.fovea.runtime.simd.SimdPlanes#weighPair}. */
    static boolean pairs(Window window, int groups, int channels) {
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        return channels == groups
                && rows.kernel() == PAIRED
                && columns.kernel() == PAIRED
                && rows.stride() == 1
                && columns.stride() == 1
                && rows.dilation() == 1;
    }

    /** The taps of a pair's first output and of its second, of a gather whose rows are {@link GatherAxis#pairs}. */
    static int[][] pairTaps() {
        int area = PAIRED * PAIRED;
        int[][] taps = new int[2][area];
        for (int i = 0; i < 2 * area; i++) {
            taps[i / area][i % area] = i;
        }
        return taps;
    }

    /** How many pieces of work of this size make a tile. */
    static int together(long multiplyAdds) {
        return (int) Math.max(1, WORTH_A_TILE / Math.max(1, multiplyAdds));
    }
}
