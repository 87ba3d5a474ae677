package dev.fovea.vector;

import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdProvider;
import java.util.Optional;

/** Offers {@link VectorSimd} where the incubating module is there. Itself loads everywhere. */
public final class VectorSimdProvider implements SimdProvider {
    private static final String MODULE = "jdk.incubator.vector";

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public Optional<String> obstacle() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return Optional.of("the module " + MODULE + " is not there; start java with --add-modules " + MODULE);
        }
        return Registers.SHORT ? Optional.of("a vector register holds fewer than four floats") : Optional.empty();
    }

    @Override
    public Simd create() {
        return new VectorSimd();
    }
}
