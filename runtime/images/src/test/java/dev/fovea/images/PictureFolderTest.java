package dev.fovea.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.Batch;
import dev.fovea.runtime.data.BatchPlan;
import dev.fovea.runtime.data.Batches;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.Sample;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PictureFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void draw() throws Exception {
        draw("cat/b.png", 8, 8, 0xFF0000);
        draw("cat/a.bmp", 16, 8, 0x00FF00);
        draw("cat/c.gif", 8, 24, 0x0000FF);
        draw("dog/photo.JPG", 12, 10, 0x808080);
        Files.writeString(folder.resolve("cat/notes.txt"), "no picture");
    }

    private void draw(String name, int width, int height, int color) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, color);
            }
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
        assertThat(ImageIO.write(image, ending, file.toFile())).isTrue();
    }

    @Test
    void classesAndPicturesInTheOrderOfTheirNames() throws Exception {
        PictureFolder pictures = PictureFolder.open(folder, Shape.of(3, 4, 4), 4);
        assertThat(pictures.size()).isEqualTo(4);
        assertThat(((Field.Classes) pictures.fields().get(1)).names()).containsExactly("cat", "dog");
        float[][] colors = {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}, {0.5f, 0.5f, 0.5f}};
        float[] labels = {0, 0, 0, 1};
        Sample sample = Sample.of(pictures);
        for (int i = 0; i < 4; i++) {
            pictures.read(i, sample);
            for (int element = 0; element < 48; element++) {
                assertThat(sample.array(0)[element])
                        .as(pictures.file(i).toString())
                        .isCloseTo(colors[i][element / 16], within(0.02f));
            }
            assertThat(sample.array(1)[0]).isEqualTo(labels[i]);
        }
    }

    @Test
    void colourBecomesGreyByItsLuma() throws Exception {
        Picture red = PictureFile.read(folder.resolve("cat/b.png"), 1);
        assertThat(red.values()).hasSize(64).containsOnly(0.299f);
    }

    /** Of a grey PNG the bytes count as they are, not as another colour space would show them. */
    @Test
    void greyIsReadAsItIs() throws Exception {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 51, 255});
        ImageIO.write(image, "png", folder.resolve("grey.png").toFile());
        assertThat(PictureFile.read(folder.resolve("grey.png"), 1).values()).containsExactly(0, 51 / 255f, 1);
    }

    @Test
    void severalReadersGiveTheSameBatches() throws Exception {
        PictureFolder pictures = PictureFolder.open(folder, Shape.of(3, 4, 4), 5);
        Sample sample = Sample.of(pictures);
        try (Batches batches = Batches.start(pictures, BatchPlan.inOrder(3))) {
            for (int round = 0; round < 20; round++) {
                int at = 0;
                Batch batch;
                do {
                    batch = batches.next();
                    for (int i = 0; i < batch.size(); i++) {
                        pictures.read(at++, sample);
                        assertThat(Arrays.copyOfRange(batch.values(0), 48 * i, 48 * (i + 1)))
                                .isEqualTo(sample.array(0));
                    }
                } while (!batch.isLast());
                assertThat(at).isEqualTo(4);
            }
        }
    }

    @Test
    void aPictureThatDoesNotDecodeIsNamed() throws Exception {
        byte[] png = Files.readAllBytes(folder.resolve("cat/b.png"));
        Files.write(folder.resolve("cat/b.png"), Arrays.copyOf(png, png.length / 2));
        Files.writeString(folder.resolve("dog/text.png"), "this is text");
        PictureFolder pictures = PictureFolder.open(folder, Shape.of(3, 4, 4), 4);
        for (int i : new int[] {1, 4}) {
            assertThatThrownBy(() -> pictures.read(i, Sample.of(pictures)))
                    .isInstanceOfSatisfying(
                            InputException.class, e -> assertThat(e.file()).isEqualTo(pictures.file(i)));
        }
        try (Batches batches = Batches.start(pictures, BatchPlan.inOrder(5))) {
            assertThatThrownBy(batches::next).isInstanceOf(InputException.class);
        }
    }

    /** 33 bytes of PNG that claim 60,000 × 60,000 pixels. */
    @Test
    void nothingIsAllocatedForAHeaderThatLies() throws Exception {
        byte[] png = Files.readAllBytes(folder.resolve("cat/b.png"));
        java.nio.ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(png, 12, 17);
        java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        Path file = folder.resolve("cat/b.png");
        Files.write(file, png);
        assertThatThrownBy(() -> PictureFile.read(file, 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("60000×60000");
    }

    @Test
    void aFolderWithoutPicturesAndAnUnknownClassAreRefused() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty/cat"));
        assertThatThrownBy(() -> PictureFolder.open(empty.getParent(), Shape.of(3, 4, 4), 4))
                .hasMessage("there are no pictures in its folders");
        assertThatThrownBy(() -> PictureFolder.open(folder, Shape.of(3, 4, 4), 4, List.of("cat")))
                .hasMessage("there is no class of this name among the others");
    }

    @Test
    void theFingerprintKnowsNamesAndSizes() throws Exception {
        String before = PictureFolder.open(folder, Shape.of(3, 4, 4), 4).fingerprint();
        assertThat(PictureFolder.open(folder, Shape.of(3, 4, 4), 4).fingerprint())
                .isEqualTo(before);
        Files.write(folder.resolve("cat/b.png"), "more".getBytes(StandardCharsets.UTF_8));
        assertThat(PictureFolder.open(folder, Shape.of(3, 4, 4), 4).fingerprint())
                .isNotEqualTo(before);
    }
}
