package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea train} where something goes wrong on the way: what it says, and what is left. */
class FailingTrainTest {
    private static final String MODEL = """
        model Net {
          input image: [1, 8, 8]
          output logits = image -> flatten -> fc1: dense(6) -> relu -> fc2: dense(2)
        }

        train Net {
          target label: class(2)
          loss cross_entropy(logits, label)
          optimizer sgd(lr=%s, momentum=0.9)
          batch 4
          epochs 3
        }
        """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("net.cnn"), MODEL.formatted("0.1"));
        for (int i = 0; i < 40; i++) {
            draw(folder.resolve("data/train/" + (i % 2 == 0 ? "left" : "right")).resolve(i + ".png"), i);
            draw(folder.resolve("data/test/" + (i % 2 == 0 ? "left" : "right")).resolve(i + ".png"), i + 40);
        }
    }

    private static void draw(Path file, int number) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int pixel = 0; pixel < 32; pixel++) {
            image.getRaster().setSample(pixel % 4 + number % 2 * 4, pixel / 4, 0, 100 + number);
        }
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    private Call train(String run, String... more) {
        List<Object> words = new ArrayList<>(List.of(
                "train",
                folder.resolve("net.cnn"),
                "--data",
                folder.resolve("data"),
                "--out",
                folder.resolve(run),
                "--device",
                "cpu"));
        words.addAll(List.of(more));
        return Call.of(words.toArray());
    }

    @Test
    void aPictureThatCannotBeReadCostsNoStep() throws IOException {
        Path picture = folder.resolve("data/train/left/6.png");
        byte[] whole = Files.readAllBytes(picture);
        Files.write(picture, List.of("no picture"));
        Call broken = train("run");
        assertThat(broken.status()).as(broken.transcript()).isEqualTo(ExitStatus.INPUT);
        assertThat(broken.err())
                .containsPattern(
                        "warning: the next data cannot be had; .*checkpoint.safetensors holds the run as it is after"
                                + " epoch 1, step \\d+ of 10")
                .contains(
                        "error: this is no picture that can be read",
                        "--> " + picture,
                        "help: `fovea data check " + folder.resolve("data") + "` names all files",
                        "--resume --changed-data goes on");

        Files.write(picture, whole);
        Call refused = train("run", "--resume");
        assertThat(refused.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(refused.err()).contains("training data content: ", "--resume --changed-data");
        Call resumed = train("run", "--resume", "--changed-data");
        assertThat(resumed.status()).as(resumed.transcript()).isZero();
        assertThat(Files.readAllLines(folder.resolve("run/metrics.csv"))).hasSize(4);
        assertThat(folder.resolve("run/model.safetensors")).isNotEmptyFile();
        assertThat(train("run", "--changed-data").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void aLossThatIsNoNumberNamesTheFirstLayer() throws IOException {
        Files.writeString(folder.resolve("net.cnn"), MODEL.formatted("1e38"));
        Call call = train("run");
        assertThat(call.status()).as(call.transcript()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err())
                .containsPattern("error: the loss is (NaN|infinite) in epoch 1, step \\d+ of 10")
                .contains(
                        "the first layer whose values are not finite is `fc",
                        "lower the learning rate, which was 1.00e+38");
        assertThat(folder.resolve("run/model.safetensors")).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("file"), "mine");
        for (String run : List.of("file", "file/run")) {
            Call call = train(run);
            assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
            assertThat(call.err())
                    .contains("--> " + folder.resolve(run), "help: --out takes a folder that can be written to")
                    .doesNotContain("\tat ");
        }
        assertThat(folder.resolve("file")).hasContent("mine");
    }
}
