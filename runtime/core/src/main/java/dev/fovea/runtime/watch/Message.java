package dev.fovea.runtime.watch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A message of Protocol Buffers in the making: the wire format's varints, fixed numbers and length-delimited fields. */
final class Message {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** An int32 or int64 that is not negative. */
    Message whole(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    Message real(int field, double value) {
        tag(field, FIXED64);
        little(Double.doubleToRawLongBits(value), Double.BYTES);
        return this;
    }

    Message real(int field, float value) {
        tag(field, FIXED32);
        little(Float.floatToRawIntBits(value), Float.BYTES);
        return this;
    }

    Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message bytes(int field, byte[] value) {
        tag(field, DELIMITED);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    /** Repeated doubles, packed. */
    Message reals(int field, List<Double> values) {
        tag(field, DELIMITED);
        varint((long) Double.BYTES * values.size());
        values.forEach(value -> little(Double.doubleToRawLongBits(value), Double.BYTES));
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void tag(int field, int type) {
        varint(((long) field << 3) | type);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** The lowest bytes of some bits, the lowest first. */
    private void little(long bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (bits >>> (8 * i)));
        }
    }
}
