package dev.fovea.opencl;

import dev.fovea.runtime.kernels.DeviceException;

/** System properties that are {@code auto}, {@code on} or {@code off}. */
final class Switch {
    private Switch() {}

    /**
     * Whether something is to be done.
     *
     * @param auto the answer where the property says {@code auto} or is not set
     * @throws DeviceException where it says anything else
     */
    static boolean isOn(String property, boolean auto) {
        String wanted = System.getProperty(property, "auto");
        return switch (wanted) {
            case "auto" -> auto;
            case "on" -> true;
            case "off" -> false;
            default -> throw new DeviceException(property + " is `" + wanted + "`: it must be auto, on or off");
        };
    }
}
