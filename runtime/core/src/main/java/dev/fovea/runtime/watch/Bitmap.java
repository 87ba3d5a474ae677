package dev.fovea.runtime.watch;

import dev.fovea.runtime.io.Png;
import java.util.Arrays;

/** A picture to be drawn on, pixel by pixel: grey, or red, green and blue. */
public final class Bitmap {
    private final int channels;
    private final int height;
    private final int width;
    private final byte[] pixels;

    /**
     * A picture of one shade.
     *
     * @param channels 1 or 3
     * @param shade from 0 for black to 1 for white
     */
    public Bitmap(int channels, int height, int width, double shade) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.pixels = new byte[Math.multiplyExact(Math.multiplyExact(channels, height), width)];
        Arrays.fill(pixels, toByte(shade));
    }

    /** 1 for grey, 3 for red, green and blue. */
    public int channels() {
        return channels;
    }

    /** The number of rows. */
    public int height() {
        return height;
    }

    /** The number of columns. */
    public int width() {
        return width;
    }

    /** Sets a channel of a square of pixels; shades below 0 are black, above 1 white, what is no number is black. */
    public void square(int channel, int top, int left, int side, double shade) {
        byte value = toByte(shade);
        for (int row = top; row < top + side; row++) {
            for (int column = left; column < left + side; column++) {
                pixels[(row * width + column) * channels + channel] = value;
            }
        }
    }

    /**
     * Draws planes {@code [channels, h, w]} with each number a square; of one channel into all of the picture's.
     *
     * @param from where they begin in the array
     * @param black the number that is black
     * @param white the number that is white
     */
    public void planes(
            float[] values,
            int from,
            int planes,
            int h,
            int w,
            int top,
            int left,
            int side,
            double black,
            double white) {
        for (int channel = 0; channel < channels; channel++) {
            int plane = planes == 1 ? 0 : channel;
            for (int row = 0; row < h; row++) {
                for (int column = 0; column < w; column++) {
                    double value = values[from + (plane * h + row) * w + column];
                    double shade = white > black ? (value - black) / (white - black) : 0.5;
                    square(channel, top + row * side, left + column * side, side, shade);
                }
            }
        }
    }

    /** As PNG. */
    public byte[] png() {
        return Png.encode(channels, height, width, pixels);
    }

    private static byte toByte(double shade) {
        return (byte) Math.round(255 * Math.max(0, Math.min(1, Double.isNaN(shade) ? 0 : shade)));
    }
}
