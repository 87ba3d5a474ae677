package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Window;
import java.util.Arrays;

/**
 * One axis of a {@link Gather}: output i reads the input at {@code i·step + shift} for each tap's shift; what lies outside
 * the input is as the padding mode says.
 *
 * <p>The input is read through a <i>prepared</i> copy in which every tap has step 1: the elements that are equal modulo the
 * step lie side by side, one list a <i>phase</i>, padding included. Position p of the list of phase f is the input at
 * {@code step·(p + least) + f}, and output i with tap t reads position {@code i + offset(t)} of the list {@code phase(t)}.
 */
final class GatherAxis {
    private final int inputs;
    private final int outputs;
    private final int step;
    private final int[] shifts;
    private final int[] innerFirst;
    private final int[] innerEnd;
    private final int[] phases;
    private final int[] offsets;
    private final int span;
    private final int[][] sources;

    /**
     * An axis.
     *
     * @param inputs the elements of the input
     * @param outputs the elements of the output
     * @param step from what one output reads to what the next reads
     * @param shifts one for each tap; may be negative
     * @param mode what is read outside the input
     */
    GatherAxis(int inputs, int outputs, int step, int[] shifts, PaddingMode mode) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.step = step;
        this.shifts = shifts.clone();
        int[] remainders = Arrays.stream(shifts)
                .map(shift -> Math.floorMod(shift, step))
                .distinct()
                .sorted()
                .toArray();
        int least = Arrays.stream(shifts).map(s -> Math.floorDiv(s, step)).min().orElse(0);
        int most = Arrays.stream(shifts).map(s -> Math.floorDiv(s, step)).max().orElse(0);
        span = most - least;
        phases = new int[shifts.length];
        offsets = new int[shifts.length];
        for (int t = 0; t < shifts.length; t++) {
            phases[t] = Arrays.binarySearch(remainders, Math.floorMod(shifts[t], step));
            offsets[t] = Math.floorDiv(shifts[t], step) - least;
        }
        sources = new int[remainders.length][outputs + span];
        innerFirst = new int[remainders.length];
        innerEnd = new int[remainders.length];
        for (int phase = 0; phase < remainders.length; phase++) {
            int begin = step * least + remainders[phase];
            innerFirst[phase] = Math.max(0, Math.floorDiv(step - 1 - begin, step));
            innerEnd[phase] = Math.min(outputs + span, Math.floorDiv(inputs - 1 - begin, step) + 1);
            for (int p = 0; p < outputs + span; p++) {
                int source = mode.source(step * (p + least) + remainders[phase], inputs);
                sources[phase][p] = source < inputs ? Math.max(source, -1) : -1; // read by no tap when out of range
            }
        }
    }

    /** What a convolution's output reads of its input. */
    static GatherAxis forward(Window.Axis axis, PaddingMode mode) {
        int[] shifts = new int[axis.kernel()];
        for (int u = 0; u < shifts.length; u++) {
            shifts[u] = u * axis.dilation() - axis.before();
        }
        return new GatherAxis(axis.input(), axis.output(), axis.stride(), shifts, mode);
    }

    /**
     * What every stride-th element of the input's gradient, from {@code first} on, reads of the output's gradient. The
     * taps are those of {@link #backwardTaps}.
     *
     * @param inputs the elements of the input, with its padding when {@code before} is 0
     * @param before the padding before the first
     */
    static GatherAxis backward(Window.Axis axis, int inputs, int before, int first) {
        int stride = axis.stride();
        int[] shifts = backwardTaps(axis, before, first);
        for (int t = 0; t < shifts.length; t++) {
            shifts[t] = (first + before - shifts[t] * axis.dilation()) / stride;
        }
        int count = first < inputs ? (inputs - first + stride - 1) / stride : 0;
        return new GatherAxis(axis.output(), count, 1, shifts, PaddingMode.ZEROS);
    }

    /** The same of all elements: the taps of those from 0 on, then of those from 1 on and so on; as many outputs as those from 0 on. */
    static GatherAxis backward(Window.Axis axis, int inputs, int before) {
        int[] shifts = new int[axis.kernel()];
        int count = 0;
        for (int first = 0; first < Math.min(inputs, axis.stride()); first++) {
            for (int tap : backwardTaps(axis, before, first)) {
                shifts[count++] = (first + before - tap * axis.dilation()) / axis.stride();
            }
        }
        int outputs = (inputs + axis.stride() - 1) / axis.stride();
        return new GatherAxis(axis.output(), outputs, 1, Arrays.copyOf(shifts, count), PaddingMode.ZEROS);
    }

    /** The elements of the kernel that ever meet the input's elements {@code first, first + stride, …}. */
    static int[] backwardTaps(Window.Axis axis, int before, int first) {
        int[] taps = new int[axis.kernel()];
        int count = 0;
        for (int u = 0; u < axis.kernel(); u++) {
            if ((first + before - u * axis.dilation()) % axis.stride() == 0) {
                taps[count++] = u;
            }
        }
        return Arrays.copyOf(taps, count);
    }

    /**
     * What each element of the input is read by: tap t of the {@link #taps} is the one that tap {@code taps − 1 − t} was, so that taps that went
     * up still do. Of an axis with step 1 that is padded with zeros.
     */
    GatherAxis readers() {
        int last = shifts.length - 1;
        int[] back = new int[shifts.length];
        Arrays.setAll(back, tap -> -shifts[last - tap]);
        return new GatherAxis(/* inputs= */ outputs, /* outputs= */ inputs, 1, back, PaddingMode.ZEROS);
    }

    /** Whether there are as many outputs as inputs, and each reads the input at its own place. */
    boolean isIdentity() {
        return taps() == 1
                && step == 1
                && outputs == inputs
                && innerFirst[0] == 0
                && innerEnd[0] == outputs
                && (outputs == 0 || sources[0][0] == 0);
    }

    /** Whether each output reads the input at twice its own place. */
    boolean isEverySecond() {
        return taps() == 1
                && step == 2
                && innerFirst[0] == 0
                && innerEnd[0] == outputs
                && (outputs == 0 || sources[0][0] == 0);
    }

    /** Whether outputs that lie side by side read what lies side by side, and nothing outside the input. */
    boolean isWithin() {
        return step == 1 && phases() == 1 && innerFirst[0] == 0 && innerEnd[0] == outputs + span && outputs > 0;
    }

    /** Whether outputs that lie side by side read what lies side by side, with zeros where that is outside the input. */
    boolean isPaddedWithZeros() {
        if (step != 1 || phases() != 1 || outputs == 0) {
            return false;
        }
        for (int p = 0; p < outputs + span; p++) {
            if ((sources[0][p] < 0) == (innerFirst[0] <= p && p < innerEnd[0])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the taps of an output read what lies side by side, the padding included. */
    boolean isUndilated() {
        for (int tap = 1; tap < shifts.length; tap++) {
            if (shifts[tap] != shifts[0] + tap) {
                return false;
            }
        }
        return true;
    }

    /** The elements of the input. */
    int inputs() {
        return inputs;
    }

    /** The elements of the output. */
    int outputs() {
        return outputs;
    }

    /** The number of taps. */
    int taps() {
        return phases.length;
    }

    /** The number of lists. */
    int phases() {
        return sources.length;
    }

    /** The list a tap reads. */
    int phase(int tap) {
        return phases[tap];
    }

    /** How much further on in the list than the output a tap reads, from 0 to {@link #span}. */
    int offset(int tap) {
        return offsets[tap];
    }

    /** By how much the lists are longer than the output. */
    int span() {
        return span;
    }

    /** From the input's element at one position within it to that at the next. */
    int step() {
        return step;
    }

    /** The first position of a phase's list that is within the input. */
    int innerFirst(int phase) {
        return innerFirst[phase];
    }

    /** The position behind the last that is within the input; not above {@link #innerFirst} if there is none. */
    int innerEnd(int phase) {
        return innerEnd[phase];
    }

    /** The input's element at each position of a phase's list; −1 for zero. */
    int[] sources(int phase) {
        return sources[phase];
    }
}
