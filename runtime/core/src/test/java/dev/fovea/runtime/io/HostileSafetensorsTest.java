package dev.fovea.runtime.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.random.RandomStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileSafetensorsTest {
    private static final String GOOD = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    @TempDir
    Path folder;

    /** Each row: a header (quotes as apostrophes), the bytes of data behind it, the offset, a part of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|12|70|4 more bytes follow",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}|12|63|leaves a gap after the header",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}|12|120|\"b\" overlaps with \"a\"",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[12,16]}}|16|125|\"b\" leaves a gap after \"a\"",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}}|12|62|the name \"a\" occurs twice",
                "{'a':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}|8|28|the name \"dtype\" occurs twice",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,16]}}|8|62|claims the bytes 0 to 16 of the 8",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}|8|61|needs 12 bytes, but claims 8",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}|8|61|claims the bytes 8 to 0",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}|8|63|must be two numbers",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}}|8|81|needs more than 2^63 bytes",
                "{'a':{'dtype':'F32','shape':[9223372036854775808],'data_offsets':[0,8]}}|8|37|above 2^63 - 1",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}|8|37|expected a whole number",
                "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}|8|37|expected a whole number",
                "{'a':{'dtype':'F32','shape':[02],'data_offsets':[0,8]}}|8|37|expected a whole number",
                "{'a':{'dtype':'F31','shape':[2],'data_offsets':[0,8]}}|8|27|unknown element type \"F31\"",
                "{'a':{'dtype':'F32','data_offsets':[0,8]}}|8|49|lacks dtype, shape or data_offsets",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}|8|65|unknown field \"x\"",
                "{'a':null}|0|13|expected '{'",
                "{'__metadata__':{'a':1}}|0|29|expected '\"'",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}x|8|62|expected nothing after",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}|8|61|expected '}', found the end",
                "{'a|0|11|the string does not end",
                "{'a\\q':1}|0|12|unknown escape",
                "{'a\\u12G4':1}|0|15|four hexadecimal digits",
                "{'a\\ud800':1}|0|10|half of a surrogate pair",
                "[]|0|8|expected '{'",
                "{'a':|0|13|expected '{', found the end",
            })
    void lyingHeadersAreRefusedWithTheirPlace(String header, int data, long offset, String message) throws Exception {
        Path file = file(header.replace('\'', '"').getBytes(StandardCharsets.UTF_8), data);
        assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.message()).contains(message);
            assertThat(e.file()).isEqualTo(file);
            assertThat(e.offset()).hasValue(offset);
        });
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws Exception {
        byte[] header = GOOD.getBytes(StandardCharsets.UTF_8);
        header[2] = (byte) 0xFF;
        Path file = file(header, 8);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.offset()).hasValue(10))
                .hasMessageContaining("not UTF-8");
        header[2] = 'a';
        header[header.length - 1] = (byte) 0xC3;
        Path cut = file(header, 0);
        assertThatThrownBy(() -> SafetensorsFile.open(cut)).hasMessageContaining("not UTF-8");
    }

    @Test
    void headersLongerThanTheFileAreRefusedBeforeAnythingIsAllocated() throws Exception {
        for (long claimed : new long[] {-1, Long.MIN_VALUE, 0, 1, 9, 1L << 31, Long.MAX_VALUE}) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed);
            Path file = Files.write(folder.resolve("x"), bytes.array());
            assertThatThrownBy(() -> SafetensorsFile.open(file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("it says that its header has " + Long.toUnsignedString(claimed) + " bytes");
        }
        assertThatThrownBy(() -> SafetensorsFile.open(Files.write(folder.resolve("x"), new byte[7])))
                .hasMessageContaining("it has 7 bytes");
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("absent")))
                .hasMessage("cannot read the file: there is no such file");
        assertThatThrownBy(() -> SafetensorsFile.open(folder)).isInstanceOf(InputException.class);
    }

    @Test
    void aHeaderOfHundredsOfMegabytesIsRefusedThoughTheFileHasThem() throws Exception {
        Path file = folder.resolve("sparse");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(900_000_000)
                    .array());
            sparse.setLength(1_000_000_000);
        }
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("the most is 33554432");
    }

    @Test
    void deepNestingIsRefusedWithoutDeepRecursion() throws Exception {
        byte[] nested = new byte[1 << 20];
        Arrays.fill(nested, (byte) '[');
        nested[0] = '{';
        System.arraycopy("\"a\":".getBytes(StandardCharsets.UTF_8), 0, nested, 1, 4);
        Path file = file(nested, 0);
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("expected '{'");
    }

    @Test
    void aFileCutOffAfterItWasOpenedIsRefusedAtTheCut() throws Exception {
        Path file = file(GOOD.getBytes(StandardCharsets.UTF_8), 8);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 8 + GOOD.length() + 5));
            assertThatThrownBy(() -> read.readFloats(read.require("a"), new float[2], 0))
                    .isInstanceOfSatisfying(
                            InputException.class, e -> assertThat(e.offset()).hasValue(8 + GOOD.length() + 5))
                    .hasMessage("the file ends here, but 3 more bytes are needed");
        }
    }

    /** Any damage gives a readable file or an InputException, nothing else. */
    @Test
    void randomDamageNeverGivesAnotherException() throws Exception {
        long seed = 20;
        RandomStream random = RandomStream.named(seed, "damage");
        byte[] good = Files.readAllBytes(file(GOOD.getBytes(StandardCharsets.UTF_8), 8));
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] bad = Arrays.copyOf(good, good.length - random.below(round * 8L, 3));
            for (int change = 0; change < 1 + round % 3; change++) {
                bad[random.below(round * 8L + 1 + change, bad.length)] = (byte) random.bits(round * 100L + change);
            }
            Path file = Files.write(folder.resolve("damaged"), bad);
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                for (SafetensorsFile.Entry entry : read.entries()) {
                    read.readFloats(entry, new float[4], 0);
                }
            } catch (InputException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    private Path file(byte[] header, int data) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(8 + header.length + data).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(header.length).put(header);
        return Files.write(folder.resolve("x.safetensors"), all.array());
    }
}
