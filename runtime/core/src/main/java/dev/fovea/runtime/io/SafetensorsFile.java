package dev.fovea.runtime.io;

import dev.fovea.runtime.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An open safetensors file: its header is read and checked, its tensors are read on demand.
 *
 * <p>The format: eight bytes N, little-endian; N bytes of JSON that give each tensor's name, type, shape and range of bytes; then those
 * bytes, little-endian, row by row. Not safe for concurrent reads.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

    private SafetensorsFile(Path file, FileChannel channel, SafetensorsHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /**
     * One tensor of the file.
     *
     * @param shape extents as they stand in the file; one of them may be 0, and a scalar has none
     * @param begin its first byte, counted from the start of the file
     */
    public record Entry(String name, ElementType type, List<Long> shape, long begin) {
        public Entry {
            shape = List.copyOf(shape);
        }

        /** The number of elements; the header check has made sure that it does not wrap. */
        public long size() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws InputException where it cannot be read, or is not a whole and sound safetensors file
     */
    public static SafetensorsFile open(Path file) throws InputException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new SafetensorsFile(file, channel, SafetensorsHeader.read(file, channel));
            } catch (IOException | InputException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw InputException.from(file, "read the file", e);
        }
    }

    /** The file. */
    public Path path() {
        return file;
    }

    /** All tensors, in the order of their bytes. */
    public List<Entry> entries() {
        return header.entries();
    }

    /** The free-form text that came with the tensors. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** The tensor of a name, where the file has it. */
    public Optional<Entry> find(String name) {
        return Optional.ofNullable(header.byName().get(name));
    }

    /**
     * The tensor of a name, with the shape that the caller expects.
     *
     * @throws InputException where the file has no such tensor or its shape is another
     */
    public Entry require(String name, List<Long> shape) throws InputException {
        Entry entry = require(name);
        if (!entry.shape().equals(shape)) {
            throw InputException.at(
                    file,
                    entry.begin(),
                    "the tensor " + name + " has the shape " + entry.shape() + ", expected " + shape);
        }
        return entry;
    }

    /**
     * The tensor of a name with this shape, or with one that differs in extents of 1 only: the same numbers in the same order.
     * A dense layer at each position, {@code [out, in]}, is a convolution of 1×1, {@code [out, in, 1, 1]}.
     *
     * @throws InputException where there is none or it has another shape
     */
    public Entry requireAlike(String name, List<Long> shape) throws InputException {
        Entry entry = require(name);
        return longAxes(entry.shape()).equals(longAxes(shape)) ? entry : require(name, shape);
    }

    private static List<Long> longAxes(List<Long> shape) {
        return shape.stream().filter(extent -> extent != 1).toList();
    }

    /**
     * The tensor of a name.
     *
     * @throws InputException where the file has no such tensor
     */
    public Entry require(String name) throws InputException {
        Entry entry = header.byName().get(name);
        if (entry == null) {
            List<String> names = entries().stream().map(Entry::name).sorted().toList();
            String list = String.join(", ", names.subList(0, Math.min(names.size(), 12)));
            throw InputException.of(
                    file,
                    "there is no tensor " + JsonReader.quote(name) + " in the file",
                    "it holds " + names.size() + (names.size() == 1 ? " tensor: " : " tensors: ") + list
                            + (names.size() > 12 ? ", …" : ""));
        }
        return entry;
    }

    /**
     * Reads a tensor of type F32, F64, F16 or BF16, row by row; F64 is rounded.
     *
     * @throws InputException where the type is another, or the file was cut off since it was opened
     * @throws IndexOutOfBoundsException where it does not fit into the array from the offset on
     */
    public void readFloats(Entry entry, float[] destination, int offset) throws InputException {
        if (!entry.type().readsAsFloats()) {
            throw wrongType(entry, "F32, F64, F16 or BF16");
        }
        Objects.checkFromIndexSize((long) offset, entry.size(), destination.length);
        int at = offset;
        for (long done = 0; done < entry.size(); ) {
            int count = fill(entry, done);
            switch (entry.type()) {
                case F32 -> chunk.asFloatBuffer().get(destination, at, count);
                case F64 -> {
                    for (int i = 0; i < count; i++) {
                        destination[at + i] = (float) chunk.getDouble(8 * i);
                    }
                }
                case BF16 -> {
                    for (int i = 0; i < count; i++) {
                        destination[at + i] = Float.intBitsToFloat(chunk.getShort(2 * i) << 16);
                    }
                }
                default -> {
                    for (int i = 0; i < count; i++) {
                        destination[at + i] = half(chunk.getShort(2 * i));
                    }
                }
            }
            at += count;
            done += count;
        }
    }

    /**
     * Reads a tensor of type I64 or I32, row by row.
     *
     * @throws InputException where the type is another, or the file was cut off since it was opened
     * @throws IndexOutOfBoundsException where it does not fit into the array from the offset on
     */
    public void readLongs(Entry entry, long[] destination, int offset) throws InputException {
        if (!entry.type().readsAsLongs()) {
            throw wrongType(entry, "I64 or I32");
        }
        Objects.checkFromIndexSize((long) offset, entry.size(), destination.length);
        int at = offset;
        for (long done = 0; done < entry.size(); ) {
            int count = fill(entry, done);
            for (int i = 0; i < count; i++) {
                destination[at + i] = entry.type() == ElementType.I64 ? chunk.getLong(8 * i) : chunk.getInt(4 * i);
            }
            at += count;
            done += count;
        }
    }

    @Override
    public void close() throws InputException {
        try {
            channel.close();
        } catch (IOException e) {
            throw InputException.from(file, "close the file", e);
        }
    }

    /** Reads as many elements as the chunk takes, from one on; returns how many. */
    private int fill(Entry entry, long firstElement) throws InputException {
        int bytes = entry.type().bytes();
        int count = (int) Math.min(entry.size() - firstElement, CHUNK / bytes);
        long from = entry.begin() + firstElement * bytes;
        chunk.clear().limit(count * bytes);
        try {
            SafetensorsHeader.readFully(file, channel, chunk, from);
        } catch (IOException e) {
            throw InputException.from(file, "read the tensor " + entry.name(), e);
        }
        chunk.flip();
        return count;
    }

    private InputException wrongType(Entry entry, String wanted) {
        return InputException.at(
                file,
                entry.begin(),
                "the tensor " + entry.name() + " has the type " + entry.type() + ", expected " + wanted);
    }

    /** IEEE 754 binary16: 1 sign bit, 5 exponent bits with bias 15, 10 mantissa bits. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1F;
        int mantissa = bits & 0x3FF;
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wideExponent = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wideExponent << 23 | mantissa << 13);
    }
}
