package dev.fovea.runtime.data;

import dev.fovea.runtime.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of bytes in the IDX format, as MNIST has it: two zero bytes, the element type (8 for unsigned bytes), the number of dimensions,
 * each dimension as four bytes, the highest first, then the elements. Compressed by gzip or not, whichever its first bytes say.
 */
final class IdxFile {
    private static final int GZIP_MAGIC = 0x1F8B;
    /** Deflate makes a run of 258 bytes of two bits at best. */
    private static final long BEST_COMPRESSION = 1032;

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;

    private final List<Integer> extents;
    private final byte[] bytes;

    private IdxFile(List<Integer> extents, byte[] bytes) {
        this.extents = extents;
        this.bytes = bytes;
    }

    /** The dimensions, outermost first. */
    List<Integer> extents() {
        return extents;
    }

    /** The elements, unsigned. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Reads a file of unsigned bytes with a known number of dimensions.
     *
     * @param content what it should hold, for the messages: {@code "pictures"}
     */
    static IdxFile read(Path file, int dimensions, String content) throws InputException {
        try (BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            long fileBytes = Files.size(file);
            raw.mark(2);
            boolean compressed = (raw.read() << 8 | raw.read()) == GZIP_MAGIC;
            raw.reset();
            try (InputStream in = compressed ? new GZIPInputStream(raw, 1 << 16) : raw) {
                return new Reading(file, in, compressed, fileBytes).read(dimensions, content);
            }
        } catch (IOException e) {
            throw InputException.from(file, "read the " + content, e);
        }
    }

    private static final class Reading {
        private final Path file;
        private final InputStream in;
        private final boolean compressed;
        private final long fileBytes;
        private long position;

        Reading(Path file, InputStream in, boolean compressed, long fileBytes) {
            this.file = file;
            this.in = in;
            this.compressed = compressed;
            this.fileBytes = fileBytes;
        }

        IdxFile read(int dimensions, String content) throws IOException, InputException {
            int headerBytes = 4 + 4 * dimensions;
            byte[] header = new byte[headerBytes];
            fill(header, 0, 4, headerBytes);
            int magic = number(header, 0);
            if (magic != (0x0800 | dimensions)) {
                throw wrongMagic(magic, dimensions, content);
            }
            fill(header, 4, headerBytes - 4, headerBytes);
            int[] extents = IntStream.range(0, dimensions)
                    .map(axis -> number(header, 4 + 4 * axis))
                    .toArray();
            long elements = 1;
            for (int axis = 0; axis < dimensions; axis++) {
                if (extents[axis] < 1) {
                    throw InputException.at(
                            file,
                            4 + 4L * axis,
                            "dimension " + axis + " is " + Integer.toUnsignedString(extents[axis])
                                    + "; expected 1 to 2147483647");
                }
                elements = elements > Integer.MAX_VALUE ? elements : elements * extents[axis];
            }
            String shape = IntStream.of(extents).mapToObj(Integer::toString).collect(Collectors.joining("×"));
            if (elements > LARGEST_ARRAY) {
                throw InputException.at(file, 4, "the header claims " + shape + " bytes, more than 2^31");
            }
            checkLength(headerBytes, elements, shape);
            byte[] bytes = new byte[(int) elements];
            fill(bytes, 0, bytes.length, headerBytes + elements);
            if (compressed && next() >= 0) {
                throw tooLong(headerBytes + elements, shape);
            }
            return new IdxFile(IntStream.of(extents).boxed().toList(), bytes);
        }

        /** Before anything of the claimed size is allocated. */
        private void checkLength(int headerBytes, long elements, String shape) throws InputException {
            if (compressed) {
                if (elements / BEST_COMPRESSION > fileBytes) {
                    throw InputException.at(
                            file,
                            4,
                            "the header claims " + shape + " bytes, more than a compressed file of " + fileBytes
                                    + " bytes can hold");
                }
            } else if (fileBytes < headerBytes + elements) {
                throw InputException.at(
                        file,
                        fileBytes,
                        "the file ends here: " + shape + " bytes and a header need " + (headerBytes + elements)
                                + " bytes, found " + fileBytes,
                        "fetch the file again");
            } else if (fileBytes > headerBytes + elements) {
                throw tooLong(headerBytes + elements, shape);
            }
        }

        private void fill(byte[] bytes, int from, int count, long expected) throws IOException, InputException {
            int done = 0;
            while (done < count) {
                int got;
                try {
                    got = in.read(bytes, from + done, count - done);
                } catch (EOFException e) {
                    got = -1;
                } catch (ZipException e) {
                    throw damaged(e);
                }
                if (got < 0) {
                    throw InputException.at(
                            file,
                            position,
                            (compressed ? "the content" : "the file") + " ends here: expected " + expected
                                    + " bytes, found " + position,
                            "fetch the file again");
                }
                done += got;
                position += got;
            }
        }

        /** Reading to the end also checks the checksum. */
        private int next() throws IOException, InputException {
            try {
                return in.read();
            } catch (EOFException | ZipException e) {
                throw damaged(e);
            }
        }

        private InputException damaged(IOException e) {
            return InputException.at(
                    file, position, "the compressed file is damaged: " + e.getMessage(), "fetch the file again");
        }

        private InputException tooLong(long expected, String shape) {
            return InputException.at(
                    file,
                    expected,
                    shape + " bytes and a header end here, but more bytes follow",
                    "fetch the file again");
        }

        private InputException wrongMagic(int magic, int dimensions, String content) {
            String message = String.format(
                    "these are not %s: expected the magic number 0x%08x (unsigned bytes, %d dimension%s), found 0x%08x",
                    content, 0x0800 | dimensions, dimensions, dimensions == 1 ? "" : "s", magic);
            return switch (magic) {
                case 0x0801 -> InputException.at(file, 0, message, "that is a file of labels");
                case 0x0803 -> InputException.at(file, 0, message, "that is a file of pictures");
                default ->
                    (magic >>> 24) == '<'
                            ? InputException.at(file, 0, message, "that looks like a web page: fetch the file again")
                            : InputException.at(file, 0, message);
            };
        }

        private static int number(byte[] bytes, int at) {
            return bytes[at] << 24
                    | (bytes[at + 1] & 0xFF) << 16
                    | (bytes[at + 2] & 0xFF) << 8
                    | (bytes[at + 3] & 0xFF);
        }
    }
}
