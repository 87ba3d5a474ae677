package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea train} of recipes that train layers one by one. */
class LayerwiseTrainTest {
    private static final String MODELS = "src/test/resources/dev/fovea/cli/cnn/layers.cnn";

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writePictures() throws IOException {
        data = Pictures.write(folder.resolve("data"), 60, 30);
    }

    private Call train(String model, String run, Object... more) {
        Object[] all = {
            "train", MODELS, "--model", model, "--data", data, "--out", folder.resolve(run), "--device", "cpu"
        };
        Object[] arguments = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, arguments, all.length, more.length);
        return Call.of(arguments);
    }

    private List<String> column(String run, int column) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve("metrics.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1)[column])
                .toList();
    }

    @Test
    void layersThenTheClassifierThenAllOfIt() throws IOException {
        Call call = train("Deep", "run", "--labels", "12");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.out()).contains("test accuracy 1.0000");
        assertThat(call.err()).contains("pretrain.enc1 epoch 3/3", "pretrain.enc2 epoch 3/3", "finetune epoch 20/20");
        List<String> phases = column("run", 1);
        assertThat(phases).hasSize(28).startsWith("pretrain.enc1").endsWith("finetune");
        List<String> losses = column("run", 3);
        assertThat(Double.parseDouble(losses.get(2))).isLessThan(Double.parseDouble(losses.get(0)));
        assertThat(Double.parseDouble(losses.get(5))).isLessThan(Double.parseDouble(losses.get(3)));
        assertThat(folder.resolve("run/model.safetensors")).isNotEmptyFile();
        assertThat(folder.resolve("run/decoder-enc1.safetensors")).isNotEmptyFile();
        BufferedImage picture =
                ImageIO.read(folder.resolve("run/reconstructions-enc2.png").toFile());
        assertThat(picture.getWidth()).isEqualTo(10 * 26 + 2);
        assertThat(picture.getHeight()).isEqualTo(2 * 26 + 2);
    }

    /** The reconstruction of a picture that was learned is nearer to it than to grey. */
    @Test
    void whatComesBackIsThePicture() throws IOException {
        train("Deep", "run", "--epochs", "60");
        BufferedImage picture =
                ImageIO.read(folder.resolve("run/reconstructions-enc1.png").toFile());
        double difference = 0;
        double contrast = 0;
        for (int x = 0; x < 10 * 26; x++) {
            for (int y = 2; y < 26; y++) {
                int above = picture.getRGB(x, y) & 0xFF;
                difference += Math.abs(above - (picture.getRGB(x, y + 26) & 0xFF));
                contrast += Math.abs(above - 128);
            }
        }
        assertThat(difference).isLessThan(contrast / 2);
    }

    @Test
    void theSameBytesWhateverTheThreads() throws IOException {
        train("Deep", "one", "--threads", "1", "--seed", "5");
        train("Deep", "two", "--threads", "2", "--seed", "5");
        assertThat(Files.readAllBytes(folder.resolve("two/model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("one/model.safetensors")));
    }

    @Test
    void convolutions() throws IOException {
        Call call = train("Maps", "maps");
        assertThat(call.status()).as(call.transcript()).isZero();
        List<String> losses = column("maps", 3);
        assertThat(Double.parseDouble(losses.get(3))).isLessThan(Double.parseDouble(losses.get(0)));
        assertThat(Double.parseDouble(losses.get(7))).isLessThan(Double.parseDouble(losses.get(4)));
        assertThat(folder.resolve("maps/reconstructions-conv2.png")).isNotEmptyFile();
    }

    @Test
    void tooFewLabelsAreRefused() {
        Call few = train("Deep", "run", "--labels", "2");
        assertThat(few.status()).isEqualTo(1);
        assertThat(few.err()).contains("error: 2 labels are fewer than the 3 classes");
        Call many = train("Deep", "run", "--labels", "61");
        assertThat(many.err()).contains("error: 61 samples cannot have labels: there are 60");
        assertThat(train("Deep", "run", "--labels", "0").status()).isEqualTo(2);
    }
}
