package dev.fovea.ops;

/**
 * An operator with its arguments resolved: an immutable record whose components are the arguments. The record is what the
 * graph holds, what generated code constructs (with the canonical constructor) and what a device binds a kernel for.
 *
 * <p>Components are ints, floats, booleans, strings, enums, {@code List}s of these, or records of this package built of
 * these, so that the emitter can write any of them as a literal without knowing it.
 */
public interface Op {
    /** The definition this operator is an instance of. */
    OpDef<?> def();

    /** The name in the language: {@code conv}. */
    default String name() {
        return def().name();
    }
}
