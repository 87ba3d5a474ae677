package dev.fovea.compiler.plan;

/** The moments of one step with {@code calls} calls. */
record Timeline(int calls) {
    /** Before the first call: the inputs are written. */
    static final int START = -1;

    int forward(int call) {
        return call;
    }

    /** Between forward and backward: losses and metrics. */
    int head() {
        return calls;
    }

    int backward(int call) {
        return 2 * calls - call;
    }

    int end() {
        return 2 * calls + 1;
    }
}
