package dev.fovea.runtime.simd;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Chooses the implementation of {@link Simd}, once. The system property {@value #PROPERTY} set to {@code scalar} keeps
 * to the plain loops. Whatever stands in the way of the Vector API is logged in one line with its remedy.
 */
public final class SimdChoice {
    /** The system property that can ask for the plain loops. */
    public static final String PROPERTY = "fovea.simd";

    private static final System.Logger LOGGER = System.getLogger(SimdChoice.class.getName());

    private SimdChoice() {}

    /** The best implementation that works here. */
    public static Simd best() {
        return Holder.BEST;
    }

    private static final class Holder {
        static final Simd BEST = choose(System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT));
    }

    static Simd choose(String wish) {
        if (wish.equals("scalar")) {
            LOGGER.log(Level.INFO, "Using scalar loops, as -D" + PROPERTY + "=scalar asks for.");
            return new ScalarSimd();
        }
        try {
            Optional<SimdProvider> provider =
                    ServiceLoader.load(SimdProvider.class).findFirst();
            if (provider.isEmpty()) {
                return fallBack("fovea-vector is not on the class path; add it for SIMD kernels");
            }
            Optional<String> obstacle = provider.get().obstacle();
            if (obstacle.isPresent()) {
                return fallBack(obstacle.get());
            }
            return provider.get().create();
        } catch (ServiceConfigurationError | LinkageError | RuntimeException failure) {
            return fallBack("the SIMD module cannot be loaded (" + failure + ")");
        }
    }

    private static Simd fallBack(String reason) {
        LOGGER.log(Level.WARNING, "Using scalar loops, several times slower: " + reason + ".");
        return new ScalarSimd();
    }
}
