package dev.fovea.compiler.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects the life of each block and lays the blocks out. */
final class Places {
    private final Map<Integer, Interval> lives = new TreeMap<>();
    private final Map<Integer, Interval> again = new TreeMap<>();
    private final Map<Integer, Long> offsets = new TreeMap<>();
    private final int[] keys = new int[] {0};

    /** Notes that a block of the given size is in use at a time. */
    void use(int block, long size, int time) {
        extend(lives, block, size, time);
    }

    /** Notes that it is in use at a time when what it holds has been made again: in between it is free. */
    void useAgain(int block, long size, int time) {
        extend(again, block, size, time);
    }

    private static void extend(Map<Integer, Interval> lives, int block, long size, int time) {
        lives.merge(
                block,
                new Interval(time, time, size),
                (a, b) -> new Interval(
                        Math.min(a.from(), b.from()), Math.max(a.to(), b.to()), Math.max(a.size(), b.size())));
    }

    /** A key for a block that is no tensor's. */
    int fresh() {
        return --keys[0];
    }

    /** Lays out all blocks; the arena's size in floats a sample. */
    long layOut() {
        List<Integer> blocks = new ArrayList<>(lives.keySet());
        Arena arena = Arena.place(blocks.stream().map(this::life).toList());
        for (int i = 0; i < blocks.size(); i++) {
            offsets.put(blocks.get(i), arena.offset(i));
        }
        return arena.size();
    }

    long offset(int block) {
        Long offset = offsets.get(block);
        if (offset == null) {
            throw new IllegalStateException("block " + block + " has no life");
        }
        return offset;
    }

    /** The floats of one sample of a block. */
    long size(int block) {
        return life(block).size();
    }

    private Life life(int block) {
        Interval life = lives.get(block);
        if (life == null) {
            throw new IllegalStateException("block " + block + " has no life");
        }
        return new Life(life, Optional.ofNullable(again.get(block)));
    }

    boolean has(int block) {
        return offsets.containsKey(block);
    }
}
