package dev.fovea.compiler.syntax;

import java.util.Arrays;
import java.util.Optional;

/** A unit of bytes in an {@code expect}. */
public enum Unit {
    KILOBYTE("kB", 1_000L),
    MEGABYTE("MB", 1_000_000L),
    GIGABYTE("GB", 1_000_000_000L),
    KIBIBYTE("KiB", 1L << 10),
    MEBIBYTE("MiB", 1L << 20),
    GIBIBYTE("GiB", 1L << 30);

    private final String symbol;
    private final long bytes;

    Unit(String symbol, long bytes) {
        this.symbol = symbol;
        this.bytes = bytes;
    }

    /** How it is written. */
    public String symbol() {
        return symbol;
    }

    /** How many bytes it is. */
    public long bytes() {
        return bytes;
    }

    /** The unit that is written as {@code symbol}. */
    public static Optional<Unit> of(String symbol) {
        return Arrays.stream(values())
                .filter(unit -> unit.symbol.equals(symbol))
                .findFirst();
    }
}
