package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What 64 KiB of text may cost: memory as it is, time as the work that was done. */
class HostileMemoryTest {
    private static final Pattern LINE = Pattern.compile(".*: \\d+ diagnostics in (\\d+) ms");

    /** Milliseconds of processor time for one text, several times what is needed: it must not depend on the machine. */
    private static final long PATIENCE = 6_000;

    private static final Pattern REPETITIONS = Pattern.compile("met (\\d+) times in all");

    @Test
    void theyAreSmall() {
        assertThat(HostileTexts.all())
                .allSatisfy((name, text) ->
                        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(2 * 65_536));
    }

    @Test
    void quarterOfAGigabyteAndAFewSecondsAreEnough(@TempDir Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", // as `fovea check` is started
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileTexts.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        assertThat(lines).hasSameSizeAs(HostileTexts.all().keySet()).allSatisfy(line -> {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).isTrue();
            assertThat(Long.parseLong(matcher.group(1))).isLessThan(PATIENCE);
        });
    }

    /** Each text of much work is given up; what is met in it again and again counts how often it was worked through. */
    @Test
    void workIsBounded() {
        assertThat(repetitions(HostileTexts.all().get("faulty blocks"))).isBetween(1_000, 40_000);
        assertThat(repetitions(HostileTexts.all().get("faulty functions"))).isBetween(1_000, 40_000);
        String warned = HostileTexts.all()
                .get("empty blocks")
                .replace("block B0(x) { return x }", "block B0(x) { let a = x -> relu -> relu return x }");
        assertThat(repetitions(warned)).isBetween(10_000, 300_000);
    }

    private static int repetitions(String text) {
        List<Diagnostic> found = Checks.check(text).diagnostics();
        assertThat(found).extracting(one -> one.code().id()).contains("CNN0291");
        return found.stream()
                .flatMap(one -> one.notes().stream())
                .map(REPETITIONS::matcher)
                .filter(Matcher::matches)
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .max()
                .orElse(0);
    }

    @Test
    void aThousandDiagnosticsAreShown() {
        CheckResult result = Checks.check(HostileTexts.all().get("activations in a row"));
        assertThat(result.diagnostics()).hasSize(Shown.LIMIT + 1);
        Diagnostic last = result.diagnostics().get(Shown.LIMIT);
        assertThat(last.code().id()).isEqualTo("CNN0199");
        assertThat(last.message()).matches("\\d+ more are not shown");
    }

    @Test
    void errorsAreShownBeforeWarnings() {
        String text = HostileTexts.all().get("activations in a row").replaceFirst("}$", "") + "-> nothing }";
        assertThat(Checks.check(text).hasErrors()).isTrue();
    }
}
