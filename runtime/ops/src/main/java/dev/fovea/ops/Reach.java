package dev.fovea.ops;

/**
 * Which part of an image one element of the output sees, along each axis: what receptive fields are made of.
 *
 * @param rows from the first row it sees to the last
 * @param columns likewise
 * @param rowStep rows of the input from one row of the output to the next; less than 1 where the output is larger
 * @param columnStep likewise
 */
public record Reach(double rows, double columns, double rowStep, double columnStep) {
    /** Each element sees the one in its place. */
    public static final Reach POINT = new Reach(1, 1, 1, 1);

    /** A window. */
    public static Reach of(Pair kernel, Pair stride, Pair dilation) {
        return new Reach(
                dilation.height() * (kernel.height() - 1.0) + 1,
                dilation.width() * (kernel.width() - 1.0) + 1,
                stride.height(),
                stride.width());
    }

    /**
     * What the shapes alone say: an output of another rank sees all; one of other sides sees the input cut into as many
     * pieces as it has rows and columns.
     */
    static Reach between(Shape input, Shape output) {
        if (input.rank() != output.rank()) {
            return new Reach(input.height(), input.width(), input.height(), input.width());
        }
        double rowStep = (double) input.height() / output.height();
        double columnStep = (double) input.width() / output.width();
        return new Reach(Math.ceil(rowStep), Math.ceil(columnStep), rowStep, columnStep);
    }
}
