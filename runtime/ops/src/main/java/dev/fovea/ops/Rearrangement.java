package dev.fovea.ops;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Where each element of an output lies in the input: element {@code [c, h, w]} at {@code channel(c) + row(h) + column(w)},
 * and where one of the three is {@link #NOTHING} there is no such element and 0 is read. That is all that slices,
 * paddings, crops, shuffles and repetitions are.
 *
 * <p>The input is cut into slots of equal size: {@code channel(c)} is where one begins, and {@code row(h) + column(w)} stays
 * within it. So outputs of different slots never read the same element.
 */
public final class Rearrangement {
    /** The place of what is not in the input. */
    public static final int NOTHING = -1;

    private final int[] channels;
    private final int[] rows;
    private final int[] columns;
    private final int slot;

    private Rearrangement(int[] channels, int[] rows, int[] columns, int slot) {
        this.channels = channels;
        this.rows = rows;
        this.columns = columns;
        this.slot = slot;
    }

    /** Where the positions of one axis come from. */
    @FunctionalInterface
    interface AxisSource {
        /** The position along the same axis of the input, or {@link #NOTHING}. */
        int of(int axis, int position);
    }

    /** Each axis by itself, of vectors and images. */
    static Rearrangement ofAxes(Shape input, Shape output, AxisSource source) {
        if (input.rank() == 1) {
            return new Rearrangement(
                    new int[1], new int[1], places(output.channels(), 1, w -> source.of(0, w)), input.channels());
        }
        return new Rearrangement(
                places(output.channels(), input.area(), c -> source.of(0, c)),
                places(output.height(), input.width(), h -> source.of(1, h)),
                places(output.width(), 1, w -> source.of(2, w)),
                input.area());
    }

    /** One axis of a tensor of any rank, of which {@code count} positions are left; the others stay as they are. */
    static Rearrangement ofAxis(Shape input, int axis, int count, IntUnaryOperator source) {
        int outer = 1;
        int inner = 1;
        for (int i = 0; i < input.rank(); i++) {
            outer *= i < axis ? input.extent(i) : 1;
            inner *= i > axis ? input.extent(i) : 1;
        }
        int[] positions = places(count, inner, source);
        int[] within = places(inner, 1, IntUnaryOperator.identity());
        if (outer == 1 && inner > 1) {
            return new Rearrangement(positions, new int[1], within, inner);
        }
        int slot = input.extent(axis) * inner;
        int[] outerPlaces = places(outer, slot, IntUnaryOperator.identity());
        return inner == 1
                ? new Rearrangement(outerPlaces, new int[1], positions, slot)
                : new Rearrangement(outerPlaces, positions, within, slot);
    }

    /**
     * Blocks of {@code factor}² channels become planes {@code factor} times as high and wide: element
     * {@code [c, h·factor + i, w·factor + j]} is element {@code [c·factor² + i·factor + j, h, w]}.
     */
    static Rearrangement ofBlocks(Shape input, int factor) {
        int block = factor * factor;
        int area = input.area();
        return new Rearrangement(
                places(input.channels() / block, block * area, IntUnaryOperator.identity()),
                IntStream.range(0, input.height() * factor)
                        .map(h -> h % factor * factor * area + h / factor * input.width())
                        .toArray(),
                IntStream.range(0, input.width() * factor)
                        .map(w -> w % factor * area + w / factor)
                        .toArray(),
                block * area);
    }

    private static int[] places(int count, int pitch, IntUnaryOperator source) {
        int[] places = new int[count];
        Arrays.setAll(places, i -> {
            int position = source.applyAsInt(i);
            return position < 0 ? NOTHING : position * pitch;
        });
        return places;
    }

    /** The channels of the output. */
    public int channels() {
        return channels.length;
    }

    /** The rows of a channel of the output. */
    public int rows() {
        return rows.length;
    }

    /** The columns of a row of the output. */
    public int columns() {
        return columns.length;
    }

    /** The elements of a slot of the input. */
    public int slot() {
        return slot;
    }

    /** Where the slot begins that a channel of the output reads, or {@link #NOTHING}. */
    public int channel(int channel) {
        return channels[channel];
    }

    /** How far from there a row begins, or {@link #NOTHING}. */
    public int row(int row) {
        return rows[row];
    }

    /** How far from there an element lies, or {@link #NOTHING}. */
    public int column(int column) {
        return columns[column];
    }
}
