package dev.fovea.runtime.data;

import dev.fovea.runtime.FoveaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash of a data set's content: the first 128 bits of a SHA-256. */
final class Fingerprint {
    private static final int SAMPLES = 256;

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
        digest.update(bytes);
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
