package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The script that starts Fovea: it knows which commands compute, and gives those the module that SIMD needs. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("src/main/distribution/bin/fovea");

    @Test
    void everyCommandThatChoosesADeviceHasSimd() throws IOException {
        Matcher cases = Pattern.compile("case \\$command in\\s+([a-z |]+)\\)").matcher(Files.readString(SCRIPT));
        assertThat(cases.find()).isTrue();
        List<String> computing = Arrays.asList(cases.group(1).split(" \\| "));
        List<String> choosing = CommandLinePageTest.commands().stream()
                .filter(command -> Call.of(command, "--help").out().contains("--device="))
                .toList();
        assertThat(choosing).contains("train", "predict", "report");
        assertThat(computing).containsAll(choosing).contains("devices");
    }
}
