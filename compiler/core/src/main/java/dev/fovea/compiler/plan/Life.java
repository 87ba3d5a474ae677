package dev.fovea.compiler.plan;

import java.util.Optional;

/**
 * When a block of the arena is in use: in one stretch, or, where what it holds is made again for backward, in two.
 *
 * @param first the only one, or the one in forward
 * @param again the one in backward, behind the first
 */
record Life(Interval first, Optional<Interval> again) {
    /** Its floats a sample. */
    long size() {
        return Math.max(first.size(), again.map(Interval::size).orElse(0L));
    }

    /** When it begins. */
    int from() {
        return first.from();
    }

    /** Whether both are in use at some time. */
    boolean meets(Life other) {
        return meets(other.first) || other.again.filter(this::meets).isPresent();
    }

    private boolean meets(Interval other) {
        return first.meets(other) || again.filter(other::meets).isPresent();
    }
}
