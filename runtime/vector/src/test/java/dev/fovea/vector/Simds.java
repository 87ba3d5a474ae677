package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.List;
import java.util.stream.Stream;

/** The implementations to test: without the incubating module the scalar loops alone. */
final class Simds {
    private Simds() {}

    static List<Simd> all() {
        return Stream.concat(Stream.of(new ScalarSimd()), vector().stream()).toList();
    }

    /** That on the Vector API, or none. */
    static List<Simd> vector() {
        VectorSimdProvider provider = new VectorSimdProvider();
        return provider.obstacle().isEmpty() ? List.of(provider.create()) : List.of();
    }
}
