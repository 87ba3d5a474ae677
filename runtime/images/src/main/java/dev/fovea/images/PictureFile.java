package dev.fovea.images;

import dev.fovea.runtime.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads single files of pictures: JPEG, PNG, BMP, GIF (its first picture), whatever their names say. */
public final class PictureFile {
    /** The endings of the names that a folder's pictures have. */
    public static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".gif");

    /** A file of some kilobytes can claim any size: nothing is allocated for more pixels than this. */
    private static final long MOST_PIXELS = 1L << 27;

    /** Of red, green and blue in grey: those of ITU-R BT.601, as Pillow has them. */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    private PictureFile() {}

    /** Whether a file's name is that of a picture. */
    public static boolean isNamedSo(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ENDINGS.stream().anyMatch(name::endsWith);
    }

    /**
     * Decodes a file. Transparency is dropped; grey becomes three equal channels, colour becomes grey by its luma, as {@code channels}
     * asks for.
     *
     * @param channels 1 or 3
     * @throws InputException where the file cannot be read or holds no picture
     */
    public static Picture read(Path file, int channels) throws InputException {
        if (channels != 1 && channels != 3) {
            throw InputException.of(file, "pictures have 1 or 3 channels, not " + channels);
        }
        return convert(decode(file), channels);
    }

    private static BufferedImage decode(Path file) throws InputException {
        ImageReader reader = null;
        try (InputStream raw = Files.newInputStream(file);
                ImageInputStream in = new MemoryCacheImageInputStream(raw)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw InputException.of(
                        file, "this is no picture that can be read", "JPEG, PNG, BMP and GIF can, by their content");
            }
            reader = readers.next();
            reader.setInput(in, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MOST_PIXELS) {
                throw InputException.of(
                        file,
                        "the picture says that it has " + reader.getWidth(0) + "×" + reader.getHeight(0)
                                + " pixels, more than " + MOST_PIXELS);
            }
            return reader.read(0);
        } catch (IOException e) {
            throw InputException.from(file, "decode the picture", e);
        } catch (RuntimeException e) { // decoders throw what they stumble over
            throw InputException.of(file, "the picture is damaged: " + e.getMessage());
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    private static Picture convert(BufferedImage image, int channels) {
        int height = image.getHeight();
        int width = image.getWidth();
        int area = height * width;
        float[] values = new float[channels * area];
        boolean plainGrey = image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        Raster raster = image.getRaster();
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            if (plainGrey) { // getRGB would apply the curve of another colour space
                raster.getSamples(0, y, width, 1, 0, row);
                for (int x = 0; x < width; x++) {
                    row[x] *= 0x010101;
                }
            } else {
                image.getRGB(0, y, width, 1, row, 0, width);
            }
            for (int x = 0; x < width; x++) {
                float red = (row[x] >> 16 & 0xFF) / 255f;
                float green = (row[x] >> 8 & 0xFF) / 255f;
                float blue = (row[x] & 0xFF) / 255f;
                int at = y * width + x;
                if (channels == 3) {
                    values[at] = red;
                    values[area + at] = green;
                    values[2 * area + at] = blue;
                } else {
                    values[at] = plainGrey ? red : LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
                }
            }
        }
        return new Picture(channels, height, width, values);
    }
}
