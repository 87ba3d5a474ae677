package dev.fovea.runtime.cpu.gemm;

/**
 * Which elements of an image the outputs read: the rows of the implicit matrix of a convolution are the taps of each
 * channel, its columns the outputs. The taps are those of the row axis times those of the column axis, in this order.
 */
record Gather(GatherAxis rows, GatherAxis columns) {
    /** The taps of one channel. */
    int taps() {
        return rows.taps() * columns.taps();
    }

    /** The prepared planes of one channel. */
    int phases() {
        return rows.phases() * columns.phases();
    }

    /** The prepared plane that a tap reads. */
    int phase(int tap) {
        return rows.phase(tap / columns.taps()) * columns.phases() + columns.phase(tap % columns.taps());
    }

    /** The prepared row that a tap reads for output row 0. */
    int rowOffset(int tap) {
        return rows.offset(tap / columns.taps());
    }

    /** The prepared column that a tap reads for output column 0. */
    int columnOffset(int tap) {
        return columns.offset(tap % columns.taps());
    }

    /** Whether every output reads the input at its own place and nothing else: the image is the implicit matrix already. */
    boolean isIdentity() {
        return rows.isIdentity() && columns.isIdentity();
    }

    /** Whether every output reads the input at twice its own row and column and nothing else. */
    boolean isEverySecond() {
        return rows.isEverySecond() && columns.isEverySecond();
    }

    /** What reads each element of the image, see {@link GatherAxis#readers}. */
    Gather readers() {
        return new Gather(rows.readers(), columns.readers());
    }

    /** The outputs of one sample. */
    int area() {
        return rows.outputs() * columns.outputs();
    }
}
