package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdRows;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The implementations to test: without the incubating module the scalar loops alone. */
final class Simds {
    private Simds() {}

    static List<Simd> all() {
        return Stream.concat(Stream.of(new ScalarSimd()), vector().stream()).toList();
    }

    /** How many channels of rows are computed together, each number once. */
    static int[] together(SimdRows rows) {
        return IntStream.rangeClosed(1, SimdRows.MOST_TOGETHER)
                .map(rows::together)
                .distinct()
                .toArray();
    }

    /** That on the Vector API, or none. */
    static List<Simd> vector() {
        VectorSimdProvider provider = new VectorSimdProvider();
        return provider.obstacle().isEmpty() ? List.of(provider.create()) : List.of();
    }
}
