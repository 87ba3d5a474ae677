package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of word of the command line, misspelt by a letter: what was meant is offered. */
class MisspeltWordsTest {
    private static final String MODEL = "src/test/resources/dev/fovea/cli/cnn/lenet.cnn";

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                    sumary FILE,                                   summary
                    data chek .,                                   check
                    summary FILE --bach 2,                         --batch
                    summary FILE --model Smal,                     Small
                    summary FILE -p clases=4,                      classes
                    summary FILE --format jsn,                     json
                    check FILE --format sarf,                      sarif
                    graph FILE --format mermiad,                   mermaid
                    bench FILE --mode trian,                       train
                    train FILE --data x --out y --device opncl,    opencl
                    summary FILE --device nne,                     none
                    predict FILE --weights x --output logts y.png, logits
                    explain CNN031,                                CNN0301
                    explain unread_row,                            unread_rows
                    """)
    void isOfferedWhatWasMeant(String words, String meant) {
        Call call = Call.of((Object[]) words.replace("FILE", MODEL).split(" "));
        assertThat(call.status()).as(call.transcript()).isNotZero();
        assertThat(call.err()).contains("did you mean").contains("`" + meant + "`");
    }

    @Test
    void soIsARecipe(@TempDir Path folder) throws IOException {
        String text = Files.readString(Path.of(MODEL)).replace("train Small", "train quick: Small");
        Path model = Files.writeString(folder.resolve("model.cnn"), text);
        Call call = Call.of("train", model, "--data", folder, "--out", folder.resolve("run"), "--recipe", "quik");
        assertThat(call.err()).contains("has no recipe `quik`", "did you mean `quick`?", "its recipes are quick");
    }
}
