package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --data} on each kind of folder. */
class DataFolderTest {
    private static final String MODEL = "src/test/resources/dev/fovea/cli/cnn/lenet.cnn";
    private static final List<String> CLASSES = List.of("bottom", "left", "top");

    @TempDir
    private Path folder;

    private Call train(Path data, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of("train", MODEL, "--data", data.toString()));
        words.addAll(List.of("--out", folder.resolve("run").toString(), "--device", "cpu"));
        words.addAll(List.of(more));
        return Call.of(words.toArray());
    }

    /** Pictures of 12×10 whose bright half says the class. */
    private static void draw(Path part, int each, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (String name : CLASSES) {
            Path to = Files.createDirectories(part.resolve(name));
            for (int i = 0; i < each; i++) {
                BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_BYTE_GRAY);
                for (int y = 0; y < 10; y++) {
                    for (int x = 0; x < 12; x++) {
                        boolean bright = name.equals("left") ? x < 6 : name.equals("top") == y < 5;
                        image.getRaster().setSample(x, y, 0, (bright ? 160 : 20) + random.nextInt(60));
                    }
                }
                ImageIO.write(image, "png", to.resolve(i + ".png").toFile());
            }
        }
    }

    @Test
    void foldersOfPicturesInTwoParts() throws IOException {
        draw(folder.resolve("data/train"), 20, 1);
        draw(folder.resolve("data/test"), 8, 2);
        Call call = train(folder.resolve("data"), "--epochs", "8");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.err()).contains("60 samples");
        assertThat(call.out()).contains("test accuracy 1.0000");
        Call test = Call.of(
                "test",
                MODEL,
                "--weights",
                folder.resolve("run/model.safetensors"),
                "--data",
                folder.resolve("data"),
                "--device",
                "cpu");
        assertThat(test.out()).contains("accuracy 1.0000", "24 samples");
    }

    @Test
    void aFolderOfClassesIsCutInTwo() throws IOException {
        draw(folder.resolve("data"), 20, 1);
        Call call = train(folder.resolve("data"), "--epochs", "1");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.err()).contains("54 samples", "test accuracy");
    }

    @Test
    void aPictureThatDoesNotDecodeIsAFaultOfTheFile() throws IOException {
        draw(folder.resolve("data"), 4, 1);
        Files.writeString(folder.resolve("data/left/0.png"), "text");
        Call call = train(folder.resolve("data"));
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err())
                .contains("this is no picture that can be read", "0.png")
                .doesNotContain("\tat ");
    }

    @Test
    void aTableOfAnotherWidthSaysSo() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("train.csv"), "a,b,label\n1,2,x\n");
        Call call = train(data);
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("the table has 2 columns beside `label`, but the input [1, 8, 8] takes 64");
    }

    @Test
    void picturesOfCifarHaveThreeChannels() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.write(data.resolve("data_batch_1.bin"), new byte[2 * 3073]);
        Call call = train(data);
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("[3, 32, 32]", "[1, 8, 8]");
    }
}
