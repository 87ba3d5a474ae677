package dev.fovea.runtime.train;

/** Says it where random numbers are drawn on the CPU for a device that is none. */
final class HostRandom {
    private static final System.Logger LOG = System.getLogger("dev.fovea.runtime.train");

    private HostRandom() {}

    /**
     * One line for people, where the device is not the CPU.
     *
     * @param what is drawn
     */
    static void announce(StageKernels kernels, String layer, String what) {
        if (!kernels.onCpu()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "`{0}`: {1} drawn on the CPU; each step carries the values there and back",
                    layer,
                    what);
        }
    }
}
