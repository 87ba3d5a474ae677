package dev.fovea.runtime.io;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsFile.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, believed only after every number in it has been checked against the others and against the file's
 * length: the tensors must cover the rest of the file exactly, without gap or overlap.
 *
 * @param entries in the order of their bytes
 */
record SafetensorsHeader(List<Entry> entries, Map<String, Entry> byName, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";
    static final int PREFIX_BYTES = 8;
    /** A thousand times the largest that published networks need; bounds what a lying header can make us allocate. */
    static final int LARGEST_HEADER = 32 << 20;

    SafetensorsHeader {
        entries = List.copyOf(entries);
        byName = Map.copyOf(byName);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    static SafetensorsHeader read(Path file, FileChannel channel) throws IOException, InputException {
        long length = channel.size();
        if (length < PREFIX_BYTES) {
            throw InputException.of(file, "not a safetensors file: it has " + length + " bytes, the smallest has 10");
        }
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, channel, prefix, 0);
        long headerBytes = prefix.getLong(0);
        if (headerBytes < 2 || headerBytes > length - PREFIX_BYTES || headerBytes > LARGEST_HEADER) {
            throw InputException.at(
                    file,
                    0,
                    "not a safetensors file, or cut off: it says that its header has "
                            + Long.toUnsignedString(headerBytes) + " bytes, "
                            + (headerBytes > LARGEST_HEADER
                                    ? "the most is " + LARGEST_HEADER
                                    : (length - PREFIX_BYTES) + " are left in the file"));
        }
        ByteBuffer text = ByteBuffer.allocate((int) headerBytes);
        readFully(file, channel, text, PREFIX_BYTES);
        return new Reading(file, PREFIX_BYTES + headerBytes, length, text.array()).header();
    }

    static void readFully(Path file, FileChannel channel, ByteBuffer into, long from)
            throws IOException, InputException {
        long at = from;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw InputException.at(
                        file, at, "the file ends here, but " + into.remaining() + " more bytes are needed");
            }
            at += count;
        }
    }

    /** What is known of one tensor before its neighbours are. */
    private record Claim(String name, ElementType type, List<Long> shape, long begin, long end) {}

    private static final class Reading {
        private final Path file;
        private final long dataStart;
        private final long dataBytes;
        private final JsonReader json;
        private final List<Claim> claims = new ArrayList<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();

        Reading(Path file, long dataStart, long length, byte[] text) throws InputException {
            this.file = file;
            this.dataStart = dataStart;
            this.dataBytes = length - dataStart;
            this.json = new JsonReader(file, PREFIX_BYTES, text);
        }

        SafetensorsHeader header() throws InputException {
            json.object(name -> {
                if (name.equals(METADATA)) {
                    json.object(key -> metadata.put(key, json.string()));
                } else {
                    claims.add(claim(name));
                }
            });
            json.end();
            claims.sort(Comparator.comparingLong(Claim::begin).thenComparingLong(Claim::end));
            checkCover();
            List<Entry> entries = new ArrayList<>();
            Map<String, Entry> byName = new LinkedHashMap<>();
            for (Claim claim : claims) {
                Entry entry = new Entry(claim.name(), claim.type(), claim.shape(), dataStart + claim.begin());
                entries.add(entry);
                byName.put(claim.name(), entry);
            }
            return new SafetensorsHeader(entries, byName, metadata);
        }

        private Claim claim(String name) throws InputException {
            Fields fields = new Fields();
            json.object(key -> {
                switch (key) {
                    case "dtype" -> fields.type = type(json.string());
                    case "shape" -> fields.shape = numbers();
                    case "data_offsets" -> fields.offsets = numbers();
                    default ->
                        throw json.fault("the tensor " + JsonReader.quote(name) + " has the unknown field "
                                + JsonReader.quote(key));
                }
            });
            ElementType type = fields.type;
            List<Long> shape = fields.shape;
            List<Long> offsets = fields.offsets;
            if (type == null || shape == null || offsets == null) {
                throw json.fault("the tensor " + JsonReader.quote(name) + " lacks dtype, shape or data_offsets");
            }
            if (offsets.size() != 2) {
                throw json.fault("data_offsets of " + JsonReader.quote(name) + " must be two numbers, begin and end");
            }
            long begin = offsets.get(0);
            long end = offsets.get(1);
            if (begin > end || end > dataBytes) {
                throw json.fault("the tensor " + JsonReader.quote(name) + " claims the bytes " + begin + " to " + end
                        + " of the " + dataBytes + " that follow the header");
            }
            OptionalLong bytes = bytes(type, shape);
            if (bytes.isEmpty() || bytes.getAsLong() != end - begin) {
                throw json.fault("the tensor " + JsonReader.quote(name) + " of type " + type + " and shape " + shape
                        + " needs " + (bytes.isEmpty() ? "more than 2^63" : bytes.getAsLong())
                        + " bytes, but claims " + (end - begin));
            }
            return new Claim(name, type, shape, begin, end);
        }

        private void checkCover() throws InputException {
            long covered = 0;
            String before = "the header";
            for (Claim claim : claims) {
                if (claim.begin() != covered) {
                    String fault = claim.begin() < covered ? "overlaps with " : "leaves a gap after ";
                    throw InputException.at(
                            file,
                            dataStart + Math.min(claim.begin(), covered),
                            "the tensor " + JsonReader.quote(claim.name()) + " " + fault + before
                                    + ": it begins at byte " + claim.begin() + " of the data, expected " + covered);
                }
                covered = claim.end();
                before = JsonReader.quote(claim.name());
            }
            if (covered != dataBytes) {
                throw InputException.at(
                        file,
                        dataStart + covered,
                        "the tensors end here, but " + (dataBytes - covered) + " more bytes follow");
            }
        }

        private ElementType type(String name) throws InputException {
            return ElementType.named(name)
                    .orElseThrow(() -> json.fault("unknown element type " + JsonReader.quote(name)));
        }

        private List<Long> numbers() throws InputException {
            List<Long> numbers = new ArrayList<>();
            json.array(() -> numbers.add(json.wholeNumber()));
            return List.copyOf(numbers);
        }

        private static OptionalLong bytes(ElementType type, List<Long> shape) {
            long bytes = type.bytes();
            try {
                for (long extent : shape) {
                    bytes = Math.multiplyExact(bytes, extent);
                }
            } catch (ArithmeticException e) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(bytes);
        }
    }

    private static final class Fields {
        private @Nullable ElementType type;
        private @Nullable List<Long> shape;
        private @Nullable List<Long> offsets;
    }
}
