package dev.fovea.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxPicturesTest {
    private static final List<String> CLASSES = Field.Classes.of("label", 10).names();

    @TempDir
    Path folder;

    @Test
    void readsPicturesAndLabelsPlainAndCompressed() throws Exception {
        write("train-images-idx3-ubyte", images(3, 2, 4));
        write("train-labels-idx1-ubyte.gz", gzip(labels(7, 0, 9)));
        write("t10k-images-idx3-ubyte.gz", gzip(images(2, 2, 4)));
        write("t10k-labels-idx1-ubyte", labels(1, 2));
        IdxPictures train = IdxPictures.train(folder, CLASSES);
        assertThat(train.size()).isEqualTo(3);
        assertThat(train.fields())
                .containsExactly(new Field.Values("image", Shape.of(1, 2, 4)), Field.Classes.of("label", 10));
        Sample sample = Sample.of(train);
        train.read(2, sample);
        assertThat(sample.array(1)).containsExactly(9);
        for (int i = 0; i < 8; i++) {
            assertThat(sample.array(0)[i]).isEqualTo((255 - 16 - i) / 255f);
        }
        IdxPictures test = IdxPictures.test(folder, CLASSES);
        test.read(1, sample);
        assertThat(sample.array(1)).containsExactly(2);
        assertThat(sample.array(0)[0]).isEqualTo(247 / 255f);
    }

    @Test
    void theNameInsideDoesNotDecideButTheContentDoes() throws Exception {
        write("train-images-idx3-ubyte", gzip(images(1, 2, 2)));
        write("train-labels-idx1-ubyte.gz", labels(200));
        assertThatThrownBy(() -> IdxPictures.train(folder, CLASSES)).hasMessageContaining("the label 200");
        List<String> many = Field.Classes.of("label", 201).names();
        Sample sample = Sample.of(IdxPictures.train(folder, many));
        IdxPictures.train(folder, many).read(0, sample);
        assertThat(sample.array(1)).containsExactly(200);
    }

    @Test
    void missingFilesAreListed() {
        assertThatThrownBy(() -> IdxPictures.test(folder, CLASSES))
                .isInstanceOf(InputException.class)
                .hasMessage("a file is missing here: looked for t10k-images-idx3-ubyte, t10k-images-idx3-ubyte.gz, "
                        + "t10k-images.idx3-ubyte, t10k-images.idx3-ubyte.gz");
        assertThatThrownBy(() -> IdxPictures.train(folder.resolve("absent"), CLASSES))
                .isInstanceOf(InputException.class)
                .hasMessage("there is no such folder");
        assertThatThrownBy(() -> IdxPictures.train(write("file", new byte[3]), CLASSES))
                .hasMessage("this is not a folder");
    }

    @Test
    void everyTruncationIsFoundWithItsPlace() throws Exception {
        byte[] whole = images(3, 2, 4);
        Path labels = write("labels", labels(1, 2, 3));
        for (int length = 0; length < whole.length; length++) {
            Path plain = write("plain", Arrays.copyOf(whole, length));
            Path compressed = write("compressed", gzip(Arrays.copyOf(whole, length)));
            String found = "found " + length;
            for (Path file : List.of(plain, compressed)) {
                int cut = length;
                assertThatThrownBy(() -> IdxPictures.read(file, labels, CLASSES))
                        .isInstanceOfSatisfying(InputException.class, e -> {
                            assertThat(e.file()).isEqualTo(file);
                            assertThat(e.offset().orElseThrow()).isLessThanOrEqualTo(cut);
                            assertThat(e.message()).contains("ends here", found);
                        });
            }
        }
        assertThatThrownBy(() -> IdxPictures.read(write("plain", Arrays.copyOf(whole, 30)), labels, CLASSES))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.describe())
                        .isEqualTo("error: the file ends here: 3×2×4 bytes and a header need 40 bytes, found 30\n  --> "
                                + folder.resolve("plain") + ", byte 30\n  = help: fetch the file again"));
    }

    @Test
    void everyTruncationOfACompressedFileIsFound() throws Exception {
        byte[] whole = gzip(images(30, 20, 4));
        Path labels = write("labels", labels(new int[30]));
        for (int length = 0; length < whole.length; length++) {
            Path file = write("cut", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> IdxPictures.read(file, labels, CLASSES)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void aDamagedCompressedFileIsFoundByItsChecksum() throws Exception {
        byte[] whole = gzip(images(3, 2, 4));
        whole[whole.length - 6] ^= 1;
        assertThatThrownBy(() -> IdxPictures.read(write("damaged", whole), write("labels", labels(1, 2, 3)), CLASSES))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the compressed file is damaged");
    }

    @Test
    void anotherMagicNumberIsNamedAndAKnownOneExplained() throws Exception {
        Path labels = write("labels", labels(1, 2));
        Path images = write("images", images(2, 2, 2));
        assertThatThrownBy(() -> IdxPictures.read(labels, labels, CLASSES))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.message())
                            .isEqualTo("these are not pictures: expected the magic number 0x00000803 "
                                    + "(unsigned bytes, 3 dimensions), found 0x00000801");
                    assertThat(e.help()).containsExactly("that is a file of labels");
                    assertThat(e.offset()).hasValue(0);
                });
        assertThatThrownBy(() -> IdxPictures.read(images, images, CLASSES))
                .hasMessageStartingWith("these are not labels: expected the magic number 0x00000801 "
                        + "(unsigned bytes, 1 dimension), found 0x00000803");
        Path page = write("page", "<!DOCTYPE html><html></html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> IdxPictures.read(page, labels, CLASSES))
                .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.help())
                        .containsExactly("that looks like a web page: fetch the file again"));
    }

    @Test
    void aLabelWithoutAClassIsNamed() throws Exception {
        Path images = write("images", images(3, 2, 2));
        Path labels = write("labels", labels(1, 9, 10));
        assertThatThrownBy(() -> IdxPictures.read(images, labels, CLASSES))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e.message()).isEqualTo("sample 2 has the label 10, but there are 10 classes, 0 to 9");
                    assertThat(e.place()).isEqualTo(labels + ", byte 10");
                });
    }

    @Test
    void filesOfDifferentLengthAreRefused() throws Exception {
        Path images = write("images", images(3, 2, 2));
        Path labels = write("labels", labels(1, 2));
        assertThatThrownBy(() -> IdxPictures.read(images, labels, CLASSES))
                .isInstanceOf(InputException.class)
                .hasMessage("2 labels for the 3 pictures in images");
    }

    @Test
    void bytesBehindTheLastPictureAreRefused() throws Exception {
        byte[] longer = Arrays.copyOf(images(3, 2, 2), 29);
        Path labels = write("labels", labels(1, 2, 3));
        for (byte[] content : List.of(longer, gzip(longer))) {
            assertThatThrownBy(() -> IdxPictures.read(write("images", content), labels, CLASSES))
                    .isInstanceOfSatisfying(
                            InputException.class, e -> assertThat(e.offset()).hasValue(28))
                    .hasMessageContaining("more bytes follow");
        }
    }

    @Test
    void lyingHeadersAreRefusedBeforeAnythingIsAllocated() throws Exception {
        Path labels = write("labels", labels(1));
        for (int[] extents : new int[][] {
            {2_000_000_000, 1, 1},
            {1 << 16, 1 << 15, 1},
            {1, 46341, 46341},
            {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE},
            {0, 28, 28},
            {1, -1, 28},
            {1, 28, Integer.MIN_VALUE}
        }) {
            ByteBuffer header = ByteBuffer.allocate(20).putInt(0x803);
            Arrays.stream(extents).forEach(header::putInt);
            for (byte[] content : List.of(header.array(), gzip(header.array()))) {
                assertThatThrownBy(() -> IdxPictures.read(write("images", content), labels, CLASSES))
                        .isInstanceOf(InputException.class);
            }
        }
    }

    @Test
    void randomDamageNeverGivesAnotherException() throws Exception {
        long seed = 4;
        RandomStream random = RandomStream.named(seed, "damage");
        Path labels = write("labels", labels(1, 2, 3));
        byte[] plain = images(3, 2, 4);
        byte[] compressed = gzip(plain);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] bad = (round % 2 == 0 ? plain : compressed).clone();
            bad[random.below(2L * round, bad.length)] = (byte) random.bits(100_000 + round);
            Path file = write("damaged", bad);
            try {
                IdxPictures.read(file, labels, CLASSES);
            } catch (InputException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    /** Pixels count down from 255. */
    private static byte[] images(int count, int height, int width) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * height * width);
        bytes.putInt(0x803).putInt(count).putInt(height).putInt(width);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.put((byte) (255 - i));
        }
        return bytes.array();
    }

    private static byte[] labels(int... labels) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
        Arrays.stream(labels).forEach(label -> bytes.put((byte) label));
        return bytes.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }
}
