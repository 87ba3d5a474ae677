package dev.fovea.compiler.plan;

/** The moments of one step with {@code calls} calls; between two of backward there is one to make something again. */
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

    /** Before the backward of a call: it and calls before it are made again. */
    int again(int call) {
        return backward(call) - 1;
    }

    int backward(int call) {
        return 3 * calls - 2 * call;
    }

    int end() {
        return 3 * calls + 1;
    }
}
