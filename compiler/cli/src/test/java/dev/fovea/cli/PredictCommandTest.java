package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model trained on folders of pictures, asked about pictures. */
class PredictCommandTest {
    private static final String MODEL = "src/test/resources/dev/fovea/cli/cnn/lenet.cnn";

    @TempDir
    private Path folder;

    @BeforeEach
    void train() throws IOException {
        for (String name : List.of("bottom", "left", "top")) {
            for (int i = 0; i < 12; i++) {
                draw(folder.resolve("data").resolve(name).resolve(i + ".png"), name, i);
            }
        }
        Call call = Call.of(
                "train",
                MODEL,
                "--data",
                folder.resolve("data"),
                "--out",
                folder.resolve("run"),
                "--device",
                "cpu",
                "--epochs",
                "10");
        assertThat(call.status()).as(call.transcript()).isZero();
    }

    private static void draw(Path file, String bright, int shade) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 12; x++) {
                boolean lit = bright.equals("left") ? x < 6 : bright.equals("top") == y < 5;
                image.getRaster().setSample(x, y, 0, (lit ? 170 : 10) + shade * 5 + (x * 7 + y * 3) % 11);
            }
        }
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    private Call predict(Object... more) {
        List<Object> words = new ArrayList<>(List.of("predict", MODEL, "--weights"));
        words.add(folder.resolve("run/model.safetensors"));
        words.addAll(List.of("--device", "cpu"));
        words.addAll(Arrays.asList(more));
        return Call.of(words.toArray());
    }

    @Test
    void theLikeliestClassComesFirstUnderTheNameOfItsFolder() {
        Path left = folder.resolve("data/left/3.png");
        Path top = folder.resolve("data/top/4.png");
        Call call = predict(left, top);
        assertThat(call.status()).as(call.transcript()).isZero();
        List<String> lines = call.out().lines().toList();
        assertThat(lines).hasSize(8);
        assertThat(lines.get(0)).isEqualTo(left.toString());
        assertThat(lines.get(1)).matches("  0\\.[5-9]\\d{3}  left|  1\\.0000  left");
        assertThat(lines.get(4)).isEqualTo(top.toString());
        assertThat(lines.get(5)).endsWith("  top");
        double sum = lines.subList(1, 4).stream()
                .mapToDouble(line -> Double.parseDouble(line.strip().split(" ")[0]))
                .sum();
        assertThat(sum).isBetween(0.9998, 1.0002);
    }

    /** Of a whole folder, in several batches, as many are right as the test of the same pictures says. */
    @Test
    void predictionsAgreeWithTheTest() throws IOException {
        List<String> right = new ArrayList<>();
        Path all = folder.resolve("all");
        Files.createDirectories(all.resolve("train"));
        for (String name : List.of("bottom", "left", "top")) {
            Call call = predict(
                    "--format", "json", "--top", "1", folder.resolve("data").resolve(name));
            assertThat(call.status()).isZero();
            Matcher found = Pattern.compile("\"class\": \"(\\w+)\"").matcher(call.out());
            while (found.find()) {
                right.add(found.group(1).equals(name) ? "yes" : "no");
            }
            for (String part : List.of("train", "test")) {
                Path to = Files.createDirectories(all.resolve(part).resolve(name));
                for (int i = 0; i < 12; i++) {
                    Files.copy(folder.resolve("data").resolve(name).resolve(i + ".png"), to.resolve(i + ".png"));
                }
            }
        }
        assertThat(right).hasSize(36);
        Call test = Call.of(
                "test", MODEL, "--weights", folder.resolve("run/model.safetensors"), "--data", all, "--device", "cpu");
        double share = (double) right.stream().filter("yes"::equals).count() / 36;
        assertThat(test.out()).contains(String.format(Locale.ROOT, "accuracy %.4f", share));
    }

    @Test
    void aPictureThatCannotBeReadIsNamedAndTheOthersAreTold() throws IOException {
        Path broken = folder.resolve("broken.png");
        Files.writeString(broken, "text");
        Call call = predict(broken, folder.resolve("data/top/1.png"), folder.resolve("nowhere.png"));
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err())
                .contains("this is no picture that can be read", broken.toString(), "there is no such file")
                .doesNotContain("\tat ");
        assertThat(call.out()).contains("1.png", "  top");
    }

    @Test
    void otherNamesForTheClasses() throws IOException {
        Path names = folder.resolve("names.txt");
        Files.writeString(names, "unten\nlinks\noben\n");
        Path picture = folder.resolve("data/left/3.png");
        assertThat(predict("--classes", names, "--top", "1", picture).out()).endsWith("  links\n");
        Files.writeString(names, "unten\nlinks\n");
        Call call = predict("--classes", names, picture);
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("there are 2 names, the model tells apart 3 classes");
        assertThat(predict("--top", "0", picture).status()).isEqualTo(ExitStatus.USAGE);
        assertThat(predict(Files.createDirectories(folder.resolve("none"))).err())
                .contains("there are no pictures in this folder");
    }
}
