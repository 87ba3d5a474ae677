package dev.fovea.runtime.io;

import dev.fovea.runtime.InputException;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes safetensors files. The bytes depend on the tensors alone, not on the order in which they come: wide element types first, so
 * that every tensor is aligned, then by name; the header is padded with spaces to a multiple of eight bytes. It is the layout that the
 * format's own library writes.
 */
public final class SafetensorsWriter {
    private static final int CHUNK = 1 << 16;

    private SafetensorsWriter() {}

    /**
     * Writes a file, whole or not at all.
     *
     * @param metadata free-form text; written sorted by key
     * @throws InputException where the file cannot be written
     * @throws IllegalArgumentException where two tensors have one name, or one has not as many values as its shape says
     */
    public static void write(Path file, List<StoredTensor> tensors, Map<String, String> metadata)
            throws InputException {
        List<StoredTensor> sorted = tensors.stream()
                .sorted(Comparator.comparing(StoredTensor::type).reversed().thenComparing(StoredTensor::name))
                .toList();
        byte[] header = header(sorted, new TreeMap<>(metadata)).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, channel -> {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
            chunk.putLong(header.length).flip();
            drain(chunk, channel);
            drain(ByteBuffer.wrap(header), channel);
            for (StoredTensor tensor : sorted) {
                write(tensor, chunk, channel);
            }
        });
    }

    private static void write(StoredTensor tensor, ByteBuffer chunk, WritableByteChannel channel) throws IOException {
        Buffer values = tensor.values();
        int bytes = tensor.type().bytes();
        for (int done = 0; done < values.remaining(); ) {
            int from = values.position() + done;
            int count = Math.min(CHUNK / bytes, values.remaining() - done);
            chunk.clear();
            if (values instanceof FloatBuffer floats) {
                chunk.asFloatBuffer().put(0, floats, from, count);
            } else if (values instanceof LongBuffer longs) {
                chunk.asLongBuffer().put(0, longs, from, count);
            } else if (values instanceof IntBuffer ints) {
                chunk.asIntBuffer().put(0, ints, from, count);
            }
            chunk.limit(count * bytes);
            drain(chunk, channel);
            done += count;
        }
    }

    private static void drain(ByteBuffer bytes, WritableByteChannel channel) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        bytes.clear();
    }

    private static String header(List<StoredTensor> tensors, Map<String, String> metadata) {
        StringBuilder json = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            quote(SafetensorsHeader.METADATA, json);
            json.append(":{");
            metadata.forEach((key, value) -> {
                quote(key, json);
                json.append(':');
                quote(value, json);
                json.append(',');
            });
            json.setCharAt(json.length() - 1, '}');
            json.append(',');
        }
        Set<String> names = new HashSet<>();
        long end = 0;
        for (StoredTensor tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("two tensors have the name " + tensor.name());
            }
            long begin = end;
            end = Math.addExact(
                    begin, Math.multiplyExact(tensor.size(), tensor.type().bytes()));
            quote(tensor.name(), json);
            json.append(":{\"dtype\":\"").append(tensor.type()).append("\",\"shape\":[");
            for (int axis = 0; axis < tensor.shape().size(); axis++) {
                json.append(axis == 0 ? "" : ",").append(tensor.shape().get(axis));
            }
            json.append("],\"data_offsets\":[")
                    .append(begin)
                    .append(',')
                    .append(end)
                    .append("]},");
        }
        if (json.length() > 1) {
            json.setLength(json.length() - 1);
        }
        json.append('}');
        int bytes = json.toString().getBytes(StandardCharsets.UTF_8).length;
        return json.append(" ".repeat(Math.floorMod(-bytes, 8))).toString();
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x20) {
                        json.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
