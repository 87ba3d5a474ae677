package dev.fovea.runtime.cpu;

import java.util.Arrays;

/** For each element along an axis the windows that read it, in their order, and as which of their elements. */
final class PoolReaders {
    private final int[] from;
    private final int[] windows;
    private final int[] taps;

    PoolReaders(PoolAxis axis, int length) {
        from = new int[length + 1];
        for (int window = 0; window < axis.windows(); window++) {
            for (int tap = 0; tap < axis.taps(window); tap++) {
                from[axis.first(window) + tap * axis.step() + 1]++;
            }
        }
        for (int i = 0; i < length; i++) {
            from[i + 1] += from[i];
        }
        int[] next = Arrays.copyOf(from, length);
        windows = new int[from[length]];
        taps = new int[from[length]];
        for (int window = 0; window < axis.windows(); window++) {
            for (int tap = 0; tap < axis.taps(window); tap++) {
                int to = next[axis.first(window) + tap * axis.step()]++;
                windows[to] = window;
                taps[to] = tap;
            }
        }
    }

    /** The number of the first reader of an element; those of the next begin where its own end. */
    int from(int element) {
        return from[element];
    }

    /** The window of a reader. */
    int window(int reader) {
        return windows[reader];
    }

    /** Which of the window's elements it is. */
    int tap(int reader) {
        return taps[reader];
    }
}
