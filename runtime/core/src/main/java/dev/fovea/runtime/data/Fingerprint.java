package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * A hash of a data set's content: the first 128 bits of a SHA-256, of long pieces by two checksums of 32 bits. It is to tell data that were
 * changed, not data that were forged, and these take a start no time: Java has them ready before anything is compiled.
 */
final class Fingerprint {
    private static final int SAMPLES = 256;
    /** More bytes than the digest takes itself. */
    private static final int LONG = 1 << 16;

    private final MessageDigest digest;

    Fingerprint() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String of(DataSet data) throws FoveaException {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(data.fields().toString());
        Sample sample = Sample.of(data);
        int count = Math.min(SAMPLES, data.size());
        for (int i = 0; i < count; i++) {
            data.read((int) ((long) i * data.size() / count), sample);
            for (int field = 0; field < data.fields().size(); field++) {
                fingerprint.add(
                        sample.array(field),
                        sample.offset(field),
                        data.fields().get(field).length());
            }
        }
        return fingerprint.text();
    }

    void add(byte[] bytes) {
        if (bytes.length <= LONG) {
            digest.update(bytes);
            return;
        }
        add(bytes.length);
        for (Checksum sum : List.of(new CRC32(), new CRC32C())) {
            sum.update(bytes, 0, bytes.length);
            add(sum.getValue());
        }
    }

    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    void add(long number) {
        add(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private void add(float[] values, int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, count));
        bytes.asFloatBuffer().put(values, from, count);
        digest.update(bytes);
    }

    String text() {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }
}
