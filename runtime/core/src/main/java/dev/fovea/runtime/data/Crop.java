package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import java.util.Arrays;

/** A window of a picture, {@code [C, H, W]}, that may reach beyond it: what lies outside is zero. */
final class Crop {
    private final Shape input;
    private final int height;
    private final int width;

    Crop(Shape input, int height, int width) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException("a picture is expected, [C, H, W], not " + input);
        }
        this.input = input;
        this.height = height;
        this.width = width;
    }

    Shape output() {
        return Shape.of(input.channels(), height, width);
    }

    /** Copies the window whose upper left corner is at row {@code top}, column {@code left} of the picture; both may be negative. */
    void apply(float[] from, int fromOffset, float[] to, int toOffset, int top, int left) {
        int firstColumn = Math.min(Math.max(0, -left), width);
        int endColumn = Math.max(firstColumn, Math.min(width, input.width() - left));
        int at = toOffset;
        for (int channel = 0; channel < input.channels(); channel++) {
            int plane = fromOffset + channel * input.area();
            for (int row = top; row < top + height; row++) {
                if (row < 0 || row >= input.height() || firstColumn == endColumn) {
                    Arrays.fill(to, at, at + width, 0);
                } else {
                    Arrays.fill(to, at, at + firstColumn, 0);
                    int source = plane + row * input.width() + left + firstColumn;
                    System.arraycopy(from, source, to, at + firstColumn, endColumn - firstColumn);
                    Arrays.fill(to, at + endColumn, at + width, 0);
                }
                at += width;
            }
        }
    }
}
