package dev.fovea.maven;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest of contents: equal when, as good as surely, the contents are. */
final class Fingerprint {
    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String of(byte[] content) {
        return new Fingerprint().add("", content).text();
    }

    /** Adds a named content; names and contents cannot run into one another. */
    Fingerprint add(String name, byte[] content) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        digest.update((nameBytes.length + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(nameBytes);
        digest.update(content);
        return this;
    }

    /** In hexadecimal digits; to be asked for once. */
    String text() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
