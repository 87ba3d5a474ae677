package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.Simd;
import java.util.List;
import java.util.stream.Stream;

/** The implementations to test: without the incubating module the scalar loops alone. */
final class Simds {
    private Simds() {}

    static List<Simd> all() {
        VectorSimdProvider provider = new VectorSimdProvider();
        Stream<Simd> vector = provider.obstacle().isEmpty() ? Stream.of(provider.create()) : Stream.of();
        return Stream.concat(Stream.of(new ScalarSimd()), vector).toList();
    }
}
