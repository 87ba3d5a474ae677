package dev.fovea.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Writes a folder of JPEG photographs, so to speak: overlapping shapes in many colours with noise, of 500×400 pixels as many
 * of ImageNet's and about 37 kB each. {@code JpegFolder DIR COUNT CLASSES}; by hand, to see whether decoding keeps up with training.
 */
final class JpegFolder {
    private static final int WIDTH = 500;
    private static final int HEIGHT = 400;

    private JpegFolder() {}

    /** Writes {@code DIR/train/class-NN/NNNNN.jpg}. */
    static void write(Path folder, int count, int classes) throws IOException {
        for (int label = 0; label < classes; label++) {
            Files.createDirectories(folder(folder, label));
        }
        IntStream.range(0, count).parallel().forEach(index -> {
            Path file = folder(folder, index % classes).resolve(String.format("%05d.jpg", index));
            try {
                if (!ImageIO.write(picture(index), "jpg", file.toFile())) {
                    throw new IllegalStateException("this Java writes no JPEG");
                }
            } catch (IOException e) {
                throw new IllegalStateException("cannot write " + file, e);
            }
        });
    }

    private static Path folder(Path folder, int label) {
        return folder.resolve("train").resolve(String.format("class-%02d", label));
    }

    private static BufferedImage picture(int index) {
        Random random = new Random(index);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setColor(new Color(random.nextInt(1 << 24)));
        drawing.fillRect(0, 0, WIDTH, HEIGHT);
        for (int shape = 0; shape < 60; shape++) {
            drawing.setColor(new Color(random.nextInt(1 << 24)));
            int size = 10 + random.nextInt(150);
            drawing.fillOval(random.nextInt(WIDTH) - size / 2, random.nextInt(HEIGHT) - size / 2, size, size);
        }
        drawing.dispose();
        int[] pixels = image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
        for (int i = 0; i < pixels.length; i++) {
            int noise = random.nextInt();
            pixels[i] ^= noise & 0x1F1F1F;
        }
        image.setRGB(0, 0, WIDTH, HEIGHT, pixels, 0, WIDTH);
        return image;
    }

    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    }
}
