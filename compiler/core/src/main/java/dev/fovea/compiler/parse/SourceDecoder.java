package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.source.SourceFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads the bytes of a file as UTF-8. */
final class SourceDecoder {

    private static final String REPLACEMENT = "\uFFFD";

    private final String path;
    private final ByteBuffer bytes;
    private final StringBuilder text;
    private int faults;
    private int firstFault;
    private byte firstByte;

    private SourceDecoder(String path, byte[] bytes) {
        this.path = path;
        this.bytes = ByteBuffer.wrap(bytes);
        this.text = new StringBuilder(bytes.length);
    }

    /**
     * The text of a file; each byte that is not UTF-8 becomes U+FFFD, and the first one is reported as CNN0001.
     *
     * @param path the path as messages shall show it
     */
    static SourceFile decode(String path, byte[] bytes, DiagnosticSink sink) {
        SourceDecoder decoder = new SourceDecoder(path, bytes);
        boolean wide = isUtf16(bytes);
        if (!wide) {
            decoder.read();
        }
        SourceFile source = SourceFile.of(path, decoder.text.toString());
        if (wide) {
            sink.report(Diagnostic.of(Code.INVALID_UTF8, source.span(0, 0), "the file is UTF-16, not UTF-8")
                    .help("save it as UTF-8"));
        } else if (decoder.faults > 0) {
            sink.report(decoder.fault(source));
        }
        return source;
    }

    private static boolean isUtf16(byte[] bytes) {
        return bytes.length >= 2
                && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                        || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
    }

    private void read() {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, true);
            chars.flip();
            text.append(chars);
            chars.clear();
            if (!result.isError()) {
                return;
            }
            if (faults++ == 0) {
                firstFault = text.length();
                firstByte = bytes.get(bytes.position());
            }
            text.append(REPLACEMENT);
            bytes.position(bytes.position() + result.length());
        }
    }

    private Diagnostic.Builder fault(SourceFile source) {
        // A byte-order mark is no part of the text any more.
        int offset = firstFault - (text.length() - source.text().length());
        Diagnostic.Builder fault = Diagnostic.of(
                        Code.INVALID_UTF8, source.span(offset, offset + 1), "`" + path + "` is not UTF-8")
                .label(String.format(Locale.ROOT, "the byte 0x%02X cannot stand here", firstByte & 0xFF))
                .help("save the file as UTF-8");
        return faults == 1 ? fault : fault.note("places: " + faults + " in this file");
    }
}
