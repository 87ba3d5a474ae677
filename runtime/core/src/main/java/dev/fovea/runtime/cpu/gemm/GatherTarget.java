package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Region;

/**
 * Where the outputs of a {@link Gather} go: output (i, j) is the element {@code (i·rowStep + firstRow, j·columnStep +
 * firstColumn)} of a plane.
 *
 * @param region the tensor
 * @param accumulate whether to add to what is there
 */
record GatherTarget(
        Region region,
        boolean accumulate,
        int planeHeight,
        int planeWidth,
        int firstRow,
        int rowStep,
        int firstColumn,
        int columnStep) {

    /** All elements of a tensor of this shape. */
    static GatherTarget whole(Region region, boolean accumulate, Shape shape) {
        return new GatherTarget(region, accumulate, shape.height(), shape.width(), 0, 1, 0, 1);
    }

    /** Whether the outputs fill the planes: none lies between two of them, nor before the first. */
    boolean isWhole() {
        return rowStep == 1 && columnStep == 1 && firstRow == 0 && firstColumn == 0;
    }

    /** The elements of one plane. */
    int planeArea() {
        return planeHeight * planeWidth;
    }

    /** Where an output lies in its plane. */
    int at(int row, int column) {
        return (row * rowStep + firstRow) * planeWidth + column * columnStep + firstColumn;
    }
}
