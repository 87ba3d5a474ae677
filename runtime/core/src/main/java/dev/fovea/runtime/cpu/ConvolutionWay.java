package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.DeviceException;
import java.util.Locale;

/** Which algorithm convolutions take; each gives the same outputs within rounding. */
public enum ConvolutionWay {
    /** What the shapes of each layer make quickest. */
    BY_SHAPE,
    /** Products with the image's elements themselves, for all. */
    GATHERED,
    /** Winograd's minimal filtering wherever its rounding errors stay within bounds, even where it is slower. */
    WINOGRAD;

    /** The system property that can ask for one of them: {@code by_shape}, {@code gathered} or {@code winograd}. */
    public static final String PROPERTY = "fovea.convolution";

    /**
     * What the property asks for.
     *
     * @throws DeviceException if it is none of them
     */
    public static ConvolutionWay asked() {
        String asked = System.getProperty(PROPERTY, "by_shape");
        for (ConvolutionWay way : values()) {
            if (way.name().toLowerCase(Locale.ROOT).equals(asked)) {
                return way;
            }
        }
        throw new DeviceException(
                "-D" + PROPERTY + "=" + asked + ": by_shape, gathered and winograd are the ways there are");
    }
}
