package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about a run, and what a run leaves for it. */
class ReportCommandTest {
    private static final String MODEL = "src/test/resources/dev/fovea/cli/cnn/lenet.cnn";

    @TempDir
    private Path folder;

    @BeforeEach
    void train() throws IOException {
        Path data = Pictures.write(folder.resolve("data"), 60, 30);
        Call call = Call.of(
                "train",
                MODEL,
                "--data",
                data,
                "--out",
                folder.resolve("run"),
                "--device",
                "cpu",
                "--epochs",
                "2",
                "--tensorboard");
        assertThat(call.status()).as(call.transcript()).isZero();
    }

    @Test
    void onePageWithAllThatThereIsToSee() throws Exception {
        Call call = Call.of("report", folder.resolve("run"), "--device", "cpu");
        assertThat(call.status()).as(call.transcript()).isZero();
        String page = Files.readString(folder.resolve("run/report.html"));
        assertThat(page)
                .contains("<h2>Curves</h2>", "<figcaption>loss</figcaption>", "<figcaption>accuracy</figcaption>")
                .contains("<h2>Taken for</h2>", "<h2>Filters of conv1.weight</h2>", "<h2>Between the layers</h2>")
                .contains("<h2>The surest mistakes</h2>", "<h2>Network</h2>", "<h2>Model and recipe</h2>")
                .contains("optimizer sgd(", "2 epochs")
                .doesNotContain("<script", "<link", "src=\"http", "href=", "@import");
        assertThat(page.replace("url(#", "")).as("links within the page only").doesNotContain("url(");
        assertThat(svgs(page)).hasSize(3).allSatisfy(svg -> DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.replace("&nbsp;", " ").getBytes(StandardCharsets.UTF_8))));
        List<BufferedImage> pictures = pictures(page);
        assertThat(pictures).hasSizeGreaterThan(4).allSatisfy(picture -> assertThat(picture.getWidth())
                .isPositive());
        // a curve has a point an epoch, twice: of the training and of the test
        assertThat(svgs(page).get(0).split("<circle", -1)).hasSize(5);
    }

    private static List<String> svgs(String page) {
        Matcher found = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
        List<String> all = new ArrayList<>();
        while (found.find()) {
            all.add(found.group());
        }
        return all;
    }

    private static List<BufferedImage> pictures(String page) throws IOException {
        Matcher found = Pattern.compile("data:image/png;base64,([^\"]+)\"").matcher(page);
        List<BufferedImage> all = new ArrayList<>();
        while (found.find()) {
            all.add(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(found.group(1)))));
        }
        return all;
    }

    @Test
    void whatARunLeavesForIt() throws IOException {
        assertThat(Files.readString(folder.resolve("run/run.properties"))).contains("model=Small", "recipe=");
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("events.out.tfevents."));
        }
    }

    @Test
    void whatIsNoRunSaysSo() throws IOException {
        Call none = Call.of("report", folder.resolve("data"));
        assertThat(none.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(none.err())
                .contains("this folder is not that of a run", "fovea train")
                .doesNotContain("\tat ");
        Files.delete(folder.resolve("run/model.safetensors"));
        Files.delete(folder.resolve("run/checkpoint.safetensors"));
        assertThat(Call.of("report", folder.resolve("run"), "--device", "cpu").err())
                .contains("there are no weights in this folder yet");
    }
}
