package dev.fovea.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarPicturesTest {
    @TempDir
    Path folder;

    /** Picture i is of class i; its red is i, its green 100 + i, its blue 200, but for the last pixel, 255. */
    private static byte[] records(int count, int labelBytes) {
        int record = labelBytes + 3072;
        byte[] bytes = new byte[count * record];
        for (int i = 0; i < count; i++) {
            int at = i * record + labelBytes;
            bytes[at - 1] = (byte) i;
            Arrays.fill(bytes, at, at + 1024, (byte) i);
            Arrays.fill(bytes, at + 1024, at + 2048, (byte) (100 + i));
            Arrays.fill(bytes, at + 2048, at + 3072, (byte) 200);
            bytes[at + 3071] = (byte) 255;
        }
        return bytes;
    }

    @Test
    void tenClassesFromSeveralFiles() throws Exception {
        Files.write(folder.resolve("data_batch_1.bin"), records(3, 1));
        Files.write(folder.resolve("data_batch_2.bin"), records(2, 1));
        Files.write(folder.resolve("test_batch.bin"), records(1, 1));
        Files.writeString(folder.resolve("batches.meta.txt"), "airplane\nbird\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
        assertThat(CifarPictures.isIn(folder)).isTrue();
        CifarPictures pictures = CifarPictures.train(folder);
        assertThat(pictures.size()).isEqualTo(5);
        assertThat(CifarPictures.test(folder).size()).isEqualTo(1);
        assertThat(((Field.Classes) pictures.fields().get(1)).names()).startsWith("airplane", "bird");
        Sample sample = Sample.of(pictures);
        pictures.read(4, sample);
        assertThat(sample.array(1)[0]).isEqualTo(1);
        assertThat(sample.array(0)[0]).isEqualTo(1 / 255f);
        assertThat(sample.array(0)[1024]).isEqualTo(101 / 255f);
        assertThat(sample.array(0)[3070]).isEqualTo(200 / 255f);
        assertThat(sample.array(0)[3071]).isEqualTo(1);
    }

    @Test
    void ofHundredClassesTheFineOneCounts() throws Exception {
        Files.write(folder.resolve("train.bin"), records(60, 2));
        CifarPictures pictures = CifarPictures.train(folder);
        Sample sample = Sample.of(pictures);
        pictures.read(59, sample);
        assertThat(sample.array(1)[0]).isEqualTo(59);
        assertThat(((Field.Classes) pictures.fields().get(1)).count()).isEqualTo(100);
    }

    @Test
    void damagedFilesAreRefusedWithThePlace() throws Exception {
        Path file = folder.resolve("data_batch_1.bin");
        byte[] bytes = records(3, 1);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> CifarPictures.train(folder))
                .isInstanceOf(InputException.class)
                .hasMessage("9218 bytes are no whole number of pictures of 3073 bytes each");
        bytes[3073] = 10;
        Files.write(file, bytes);
        assertThatThrownBy(() -> CifarPictures.train(folder)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.message()).isEqualTo("picture 1 has the class 10, but there are 10, 0 to 9");
            assertThat(e.offset()).hasValue(3073);
        });
    }
}
