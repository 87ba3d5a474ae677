package dev.fovea.compiler.elaborate;

/** Ends the elaboration of a model after a limit was passed and reported. */
@SuppressWarnings("serial") // never serialized
final class Halt extends RuntimeException {
    Halt() {
        super("a limit was passed", null, false, false);
    }
}
