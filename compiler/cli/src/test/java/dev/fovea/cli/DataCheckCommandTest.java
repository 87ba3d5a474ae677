package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of a data set, put there and found. */
class DataCheckCommandTest {
    @TempDir
    private Path folder;

    /** A picture with a grey ground and a lighter pixel at a place of its own. */
    private static void draw(Path file, int color, int place) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 12; i++) {
            image.setRGB(i % 4, i / 4, i == place ? 0xFFFFFF : color);
        }
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    private void drawSoundData() throws IOException {
        for (int i = 0; i < 4; i++) {
            draw(folder.resolve("train/cat/" + i + ".png"), 0x800000, i);
            draw(folder.resolve("train/dog/" + i + ".png"), 0x008000, i);
        }
        draw(folder.resolve("test/cat/a.png"), 0x800000, 8);
        draw(folder.resolve("test/dog/a.png"), 0x008000, 8);
    }

    private Call check(String... more) {
        Object[] words = new Object[3 + more.length];
        words[0] = "data";
        words[1] = "check";
        words[2] = folder;
        System.arraycopy(more, 0, words, 3, more.length);
        return Call.of(words);
    }

    @Test
    void soundDataHaveNothingToMend() throws IOException {
        drawSoundData();
        Call call = check();
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.out())
                .contains("train: 8 samples of 2 classes; the largest class has 1.00 times as many as the smallest")
                .contains("  cat          4", "test: 2 samples of 2 classes")
                .contains("nothing to mend");
        // each picture: 11 pixels of 128/255 and 0, and one of 1: red (11·0.50196 + 1)/12 in half of them, 1/12 in the
        // others
        double lit = (11 * 128 / 255.0 + 1) / 12;
        double dark = 1 / 12.0;
        double mean = (lit + dark) / 2;
        double squares = ((11 * 128 / 255.0 * 128 / 255.0 + 1) / 12 + 1 / 12.0) / 2;
        String expected = String.format(
                Locale.ROOT,
                "normalize(mean=[%1$.4f, %1$.4f, %2$.4f], std=[%3$.4f, %3$.4f, %4$.4f])",
                mean,
                dark,
                Math.sqrt(squares - mean * mean),
                Math.sqrt(dark - dark * dark));
        assertThat(call.out()).contains("augment image -> " + expected);
        assertThat(Files.readString(folder.resolve("statistics.json")))
                .contains("\"samples\": 8", "\"normalize\": \"" + expected + "\"");
    }

    @Test
    void everyFaultIsNamedWithItsPlace() throws IOException {
        drawSoundData();
        Files.writeString(folder.resolve("train/cat/broken.png"), "text");
        Files.createDirectories(folder.resolve("train/fish"));
        Files.copy(folder.resolve("train/cat/0.png"), folder.resolve("train/dog/wrong.png"));
        Files.copy(folder.resolve("train/cat/1.png"), folder.resolve("test/cat/seen.png"));
        draw(folder.resolve("train/cat/again.bmp.png"), 0x800000, 2);
        draw(folder.resolve("test/bird/a.png"), 0x0000FF, 1);
        Call call = check();
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.out())
                .contains("2 samples at fault")
                .contains(folder.resolve("train/cat/broken.png") + ": this is no picture that can be read")
                .contains(folder.resolve("test/bird/a.png") + ": its class is not among those that are trained with")
                .contains("1 groups of equal samples with different labels\n  "
                        + folder.resolve("train/cat/0.png") + " (cat) = " + folder.resolve("train/dog/wrong.png")
                        + " (dog)")
                .contains("1 groups of equal samples in more than one part, so that a test says little\n  "
                        + folder.resolve("train/cat/1.png") + " (cat) = " + folder.resolve("test/cat/seen.png")
                        + " (cat)")
                .contains("1 groups of equal samples of one part and label")
                .contains("a class is empty: fish", "there is something to mend");
        Call json = check("--format", "json", "--no-store");
        assertThat(json.out().replaceAll("\\s", ""))
                .contains(
                        "\"across_parts\":true,\"contradiction\":false",
                        "\"ok\":false",
                        "\"name\":\"fish\",\"samples\":0");
    }

    @Test
    void filesOfMnist() throws IOException {
        Pictures.write(folder, 60, 30);
        Call call = check();
        assertThat(call.out()).contains("train: 60 samples of 3 classes", "test: 30 samples of 3 classes");
        assertThat(call.out())
                .containsPattern("augment image -> normalize\\(mean=\\[0\\.\\d{4}], std=\\[0\\.\\d{4}]\\)");
    }

    @Test
    void whatIsNoDataSaysSo() {
        Call call = check();
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("there are no data of a known kind in this folder");
        assertThat(Call.of("data", "chek").err()).contains("there is no command `chek`");
        assertThat(Call.of("data").status()).isEqualTo(ExitStatus.USAGE);
    }
}
