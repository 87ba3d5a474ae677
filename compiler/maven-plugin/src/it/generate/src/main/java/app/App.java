package app;

import shapes.tiny.Tiny;

/** Compiles only if the class was generated first. */
public class App {
    public static long parameters() {
        return Tiny.SPEC.parameterCount();
    }
}
