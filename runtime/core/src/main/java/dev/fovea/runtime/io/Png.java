package dev.fovea.runtime.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures as PNG (ISO/IEC 15948): 8 bits a channel, grey or red, green and blue, no interlacing. */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte GREY = 0;
    private static final byte COLOR = 2;

    private Png() {}

    /**
     * Encodes a picture.
     *
     * @param channels 1 for grey, 3 for red, green, blue
     * @param pixels row by row, the channels of a pixel side by side
     * @throws IllegalArgumentException where the number of bytes is not height · width · channels
     */
    public static byte[] encode(int channels, int height, int width, byte[] pixels) {
        long size = (long) channels * height * width;
        if ((channels != 1 && channels != 3) || height < 1 || width < 1 || pixels.length != size) {
            throw new IllegalArgumentException(
                    pixels.length + " bytes for " + channels + " channels of " + height + "×" + width + " pixels");
        }
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8)
                .put(channels == 1 ? GREY : COLOR)
                .put((byte) 0)
                .put((byte) 0)
                .put((byte) 0);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        chunk(file, "IHDR", header.array());
        chunk(file, "IDAT", deflate(filtered(pixels, height, width * channels)));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    /** In front of each row stands the number of its filter: none. */
    private static byte[] filtered(byte[] pixels, int rows, int length) {
        byte[] all = new byte[rows * (length + 1)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(pixels, row * length, all, row * (length + 1) + 1, length);
        }
        return all;
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 13];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
