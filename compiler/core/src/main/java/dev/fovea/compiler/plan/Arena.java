package dev.fovea.compiler.plan;

import dev.fovea.ops.Alignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places blocks with known lifetimes in one arena: largest first, each at the lowest offset where it meets no block that
 * lives at the same time. Offsets are aligned.
 */
final class Arena {
    private final long[] offsets;
    private final long size;

    private Arena(long[] offsets, long size) {
        this.offsets = offsets;
        this.size = size;
    }

    static Arena place(List<Life> blocks) {
        long[] offsets = new long[blocks.size()];
        List<Integer> placed = new ArrayList<>();
        long size = 0;
        List<Integer> order = IntStream.range(0, blocks.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -blocks.get(i).size())
                        .thenComparing(i -> blocks.get(i).from())
                        .thenComparing(i -> i))
                .toList();
        for (int block : order) {
            offsets[block] = lowest(blocks, block, placed, offsets);
            int at = 0;
            while (at < placed.size() && offsets[placed.get(at)] <= offsets[block]) {
                at++;
            }
            placed.add(at, block);
            size = Math.max(
                    size, offsets[block] + Alignment.up(blocks.get(block).size()));
        }
        return new Arena(offsets, size);
    }

    long offset(int block) {
        return offsets[block];
    }

    long size() {
        return size;
    }

    private static long lowest(List<Life> blocks, int block, List<Integer> placed, long[] offsets) {
        Life wanted = blocks.get(block);
        long offset = 0;
        for (int other : placed) { // in the order of their offsets
            Life taken = blocks.get(other);
            if (taken.meets(wanted) && taken.size() > 0) {
                if (offset + Alignment.up(wanted.size()) <= offsets[other]) {
                    return offset;
                }
                offset = Math.max(offset, offsets[other] + Alignment.up(taken.size()));
            }
        }
        return offset;
    }
}
