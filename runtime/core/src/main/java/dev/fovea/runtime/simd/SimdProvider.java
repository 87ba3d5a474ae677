package dev.fovea.runtime.simd;

import java.util.Optional;

/**
 * Brings an implementation of {@link Simd}, found through {@link java.util.ServiceLoader}. The provider's own class must
 * load on every Java: what needs a special module is only touched by {@link #create}.
 */
public interface SimdProvider {
    /** The name by which it can be asked for: {@code vector}. */
    String name();

    /** Why it cannot be used here and what to do about it, in one sentence for the user; empty when it can. */
    Optional<String> obstacle();

    /** The implementation; only called when there is no {@link #obstacle}. */
    Simd create();
}
