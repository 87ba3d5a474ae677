package dev.fovea.opencl;

import dev.fovea.ops.Rearrangement;
import java.util.function.IntUnaryOperator;

/** A {@link Rearrangement} and its inverse as the tables that {@code rearrange.cl} reads. */
final class RearrangeTables {
    private RearrangeTables() {}

    /** Where the slot begins that a channel of the output reads; negative where there is none. */
    static int[] channels(Rearrangement map) {
        int[] table = new int[map.channels()];
        for (int channel = 0; channel < table.length; channel++) {
            table[channel] = map.channel(channel);
        }
        return table;
    }

    /** Where in a slot a position of a channel of the output lies; negative where it does not. */
    static int[] positions(Rearrangement map) {
        int[] table = new int[map.rows() * map.columns()];
        for (int i = 0; i < table.length; i++) {
            int row = map.row(i / map.columns());
            int column = map.column(i % map.columns());
            table[i] = row < 0 || column < 0 ? Rearrangement.NOTHING : row + column;
        }
        return table;
    }

    /** For each slot the channels of the output that read it. */
    static int[] channelReaders(Rearrangement map, int slots) {
        return readers(channels(map), slots, place -> place / map.slot());
    }

    /** For each place in a slot the positions of the output that read it. */
    static int[] positionReaders(Rearrangement map) {
        return readers(positions(map), map.slot(), IntUnaryOperator.identity());
    }

    /** Where the readers' list of each index begins, and where the last ends; then the lists, each in order. */
    private static int[] readers(int[] places, int count, IntUnaryOperator indexOf) {
        int[] starts = new int[count + 1];
        for (int place : places) {
            if (place >= 0) {
                starts[indexOf.applyAsInt(place) + 1]++;
            }
        }
        for (int i = 0; i < count; i++) {
            starts[i + 1] += starts[i];
        }
        int[] table = new int[count + 1 + starts[count]];
        System.arraycopy(starts, 0, table, 0, count + 1);
        for (int reader = 0; reader < places.length; reader++) {
            if (places[reader] >= 0) {
                table[count + 1 + starts[indexOf.applyAsInt(places[reader])]++] = reader;
            }
        }
        return table;
    }
}
