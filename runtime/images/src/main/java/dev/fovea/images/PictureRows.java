package dev.fovea.images;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Rows of small pictures in one PNG. */
public final class PictureRows {
    /** Pixels of the PNG for one of a picture that is as small as those of MNIST. */
    private static final int ZOOM = 3;

    private static final int LARGE = 64;
    private static final int MARGIN = 2;
    private static final int GROUND = 0x808080;

    private PictureRows() {}

    /**
     * Writes a PNG. What is darkest in all rows together becomes black, what is brightest white.
     *
     * @param shape {@code [C, H, W]}, of one channel or of red, green and blue
     * @param count the pictures of a row
     * @param rows their values, picture behind picture
     * @throws InputException where the file cannot be written
     */
    public static void write(Path file, Shape shape, int count, List<float[]> rows) throws InputException {
        int zoom = shape.height() < LARGE ? ZOOM : 1;
        int high = shape.height() * zoom + MARGIN;
        int wide = shape.width() * zoom + MARGIN;
        BufferedImage sheet =
                new BufferedImage(count * wide + MARGIN, rows.size() * high + MARGIN, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                sheet.setRGB(x, y, GROUND);
            }
        }
        float least = 0;
        float most = 1;
        for (float[] row : rows) {
            for (float value : row) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            for (int picture = 0; picture < count; picture++) {
                for (int y = 0; y < shape.height() * zoom; y++) {
                    for (int x = 0; x < shape.width() * zoom; x++) {
                        int at = picture * (int) shape.size() + y / zoom * shape.width() + x / zoom;
                        sheet.setRGB(
                                MARGIN + picture * wide + x,
                                MARGIN + row * high + y,
                                color(rows.get(row), at, shape, least, most));
                    }
                }
            }
        }
        AtomicFile.write(file, channel -> {
            if (!ImageIO.write(sheet, "png", Channels.newOutputStream(channel))) {
                throw new IOException("there is no writer of PNG in this Java");
            }
        });
    }

    private static int color(float[] values, int at, Shape shape, float least, float most) {
        int color = 0;
        for (int channel = 0; channel < 3; channel++) {
            float value = values[at + (shape.channels() == 1 ? 0 : channel * shape.area())];
            color = color << 8 | Math.round(255 * (value - least) / (most - least));
        }
        return color;
    }
}
