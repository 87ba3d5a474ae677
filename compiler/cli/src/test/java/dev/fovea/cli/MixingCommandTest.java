package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the file to the weights: samples mixed in pairs, weights that begin as the recipe says, pictures normalised by their own figures. */
class MixingCommandTest {
    private static final String MODEL = "src/test/resources/dev/fovea/cli/cnn/mixing.cnn";

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writePictures() throws IOException {
        data = Pictures.write(folder.resolve("data"), 60, 30);
    }

    private Call train(String run, Object... more) {
        List<Object> words = new ArrayList<>(
                List.of("train", MODEL, "--data", data, "--out", folder.resolve(run), "--device", "cpu"));
        words.addAll(List.of(more));
        return Call.of(words.toArray());
    }

    @Test
    void sameBytesForAnyNumberOfThreadsAndTheHeadBeginsAnew() throws Exception {
        Call call = train("one", "--threads", 1);
        assertThat(call.status()).as(call.transcript()).isZero();
        for (int threads : new int[] {2, 4}) {
            assertThat(train("more" + threads, "--threads", threads).status()).isZero();
            assertThat(folder.resolve("more" + threads + "/model.safetensors"))
                    .hasSameBinaryContentAs(folder.resolve("one/model.safetensors"));
        }
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("one/model.safetensors"))) {
            float[] head = new float[3 * 36];
            file.readFloats(file.require("fc.weight", List.of(3L, 36L)), head, 0);
            assertThat(head).containsOnly(0.25f);
        }
    }

    @Test
    void figuresOfTheDataAreWorkedOutOnceAndGoWithTheRun() throws Exception {
        Call first = train("one");
        assertThat(first.err()).contains("worked out mean and deviation of 60 pictures");
        Path figures = data.resolve("statistics.json");
        assertThat(figures).exists();
        assertThat(folder.resolve("one/statistics.json")).hasSameTextualContentAs(figures);
        Call second = train("two");
        assertThat(second.err()).doesNotContain("worked out");
        assertThat(folder.resolve("two/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("one/model.safetensors"));
        Call test = Call.of("test", MODEL, "--weights", folder.resolve("one/model.safetensors"), "--data", data);
        assertThat(test.status()).as(test.transcript()).isZero();
        String shown = first.out().lines().findFirst().orElseThrow().replaceAll("[^0-9.]+", " ");
        assertThat(test.out()).contains(shown.trim().split(" ")[0]);
    }

    /** A written figure wins; the files that it was worked out of are known by their content. */
    @Test
    void otherDataAreNoticed() throws Exception {
        assertThat(train("one").status()).isZero();
        Files.delete(folder.resolve("data/statistics.json"));
        Pictures.write(folder.resolve("other"), 50, 20);
        Files.createDirectories(folder.resolve("keep"));
        Call of = Call.of("data", "check", folder.resolve("other"));
        assertThat(of.out()).contains("stored in");
        Files.copy(folder.resolve("other/statistics.json"), data.resolve("statistics.json"));
        Call call = train("two");
        assertThat(call.err()).contains("the data are others than when statistics.json was written", "worked out");
        assertThat(folder.resolve("two/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("one/model.safetensors"));
    }

    @Test
    void withoutFiguresNothingIsGuessed() throws Exception {
        assertThat(train("one").status()).isZero();
        Path alone = folder.resolve("alone.safetensors");
        Files.copy(folder.resolve("one/model.safetensors"), alone);
        Call predict = Call.of("predict", MODEL, "--weights", alone, folder.resolve("data"));
        assertThat(predict.status()).isNotZero();
        assertThat(predict.err()).contains("`normalize` without numbers", "statistics.json");
    }
}
