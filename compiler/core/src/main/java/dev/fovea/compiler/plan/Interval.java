package dev.fovea.compiler.plan;

/**
 * A stretch of time, both ends included, in which a block of the arena is in use.
 *
 * @param size floats a sample
 */
record Interval(int from, int to, long size) {
    boolean meets(Interval other) {
        return from <= other.to && other.from <= to;
    }
}
