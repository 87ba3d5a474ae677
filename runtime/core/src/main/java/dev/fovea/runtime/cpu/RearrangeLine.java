package dev.fovea.runtime.cpu;

import dev.fovea.ops.Rearrangement;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/** A line of what {@link RearrangeKernel} moves, as segments: of elements that lie together in the input, and of any others. */
final class RearrangeLine {
    /** Elements that lie together, from which on copying them is quicker than looking each up. */
    private static final int SHORTEST_RUN = 8;

    /** Where each element lies, from where the line's row begins; negative where it is 0. */
    private final int[] places;
    /** Where the segments begin, and where the last ends. */
    private final int[] starts;
    /** Whether a segment lies together. */
    private final boolean[] runs;

    private RearrangeLine(int[] places, int[] starts, boolean[] runs) {
        this.places = places;
        this.starts = starts;
        this.runs = runs;
    }

    static RearrangeLine of(Rearrangement map) {
        int[] places = new int[map.columns()];
        Arrays.setAll(places, map::column);
        return of(places);
    }

    static RearrangeLine run(int length, int first) {
        int[] places = new int[length];
        Arrays.setAll(places, i -> first + i);
        return of(places);
    }

    private static RearrangeLine of(int[] places) {
        int[] starts = new int[places.length + 1];
        boolean[] runs = new boolean[places.length];
        int segments = 0;
        for (int i = 0; i < places.length; ) {
            int end = endOfRun(places, i);
            boolean run = places[i] >= 0 && (end - i >= SHORTEST_RUN || end - i == places.length);
            if (run || segments == 0 || runs[segments - 1]) {
                runs[segments] = run;
                starts[segments++] = i;
            }
            i = end;
        }
        starts[segments] = places.length;
        return new RearrangeLine(places, Arrays.copyOf(starts, segments + 1), Arrays.copyOf(runs, segments));
    }

    private static int endOfRun(int[] places, int from) {
        int end = from + 1;
        while (end < places.length && places[from] >= 0 && places[end] == places[end - 1] + 1) {
            end++;
        }
        return end;
    }

    int length() {
        return places.length;
    }

    /** Whether it is all of a slot of so many elements, in its order. */
    boolean isRun(int elements) {
        return places.length == elements && places[0] == 0 && runs.length == 1 && runs[0];
    }

    void gather(float[] in, int rowAt, float[] out, int outAt) {
        for (int segment = 0; segment < runs.length; segment++) {
            int from = starts[segment];
            int to = starts[segment + 1];
            if (runs[segment]) {
                System.arraycopy(in, rowAt + places[from], out, outAt + from, to - from);
            } else {
                for (int i = from; i < to; i++) {
                    out[outAt + i] = places[i] < 0 ? 0 : in[rowAt + places[i]];
                }
            }
        }
    }

    void scatter(Simd simd, float[] gradient, int gradientAt, float[] target, int rowAt) {
        for (int segment = 0; segment < runs.length; segment++) {
            int from = starts[segment];
            int to = starts[segment + 1];
            if (runs[segment]) {
                simd.add(gradient, gradientAt + from, target, rowAt + places[from], to - from);
            } else {
                for (int i = from; i < to; i++) {
                    if (places[i] >= 0) {
                        target[rowAt + places[i]] += gradient[gradientAt + i];
                    }
                }
            }
        }
    }
}
