package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.fovea.compiler.diagnostics.JsonRenderer;
import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.GraphText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Any text comes to diagnostics or models, soon, without an exception. */
class HostileTextTest {
    /** Far more than is needed: a slow machine is no fault, a text that never ends is. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z_0-9.]+|\\s+|->|=>|::|.");

    private static final List<String> ODD = List.of(
            "0",
            "-1",
            "1e9",
            "9223372036854775807",
            "2147483648",
            "65536",
            "\"same\"",
            "(1, 2)",
            "[]",
            "[1]",
            "x",
            "image",
            "conv",
            "repeat",
            "share",
            "x => x",
            "(x, i) => x",
            "relu",
            "concat",
            "1.5",
            "true",
            "if true then 1 else 2",
            "len",
            "_",
            "channels",
            ".shape",
            "[0]",
            "(",
            ")",
            "axis=9",
            "groups=0",
            "stride=2147483647",
            "padding=2147483647",
            "kernel=2147483647",
            "dilation=2147483647",
            "1000000");

    @TestFactory
    Stream<DynamicTest> multipliers() {
        return Stream.of(
                multiplier(
                        "calls that double",
                        "block B0(x) { return x -> conv(1, kernel=1) }",
                        i -> "block B" + (i + 1) + "(x) { return x -> B" + i + " -> B" + i + " }",
                        60,
                        "x -> B60",
                        "CNN0291"),
                multiplier(
                        "functions that double",
                        "fun f0(n: int) : int = n",
                        i -> "fun f" + (i + 1) + "(n: int) : int = f" + i + "(n) + f" + i + "(n)",
                        60,
                        "x -> conv(f60(1), kernel=1)",
                        "CNN0291"),
                multiplier(
                        "lists that double",
                        "const L0 = range(1000)",
                        i -> "const L" + (i + 1) + " = L" + i + " + L" + i,
                        60,
                        "x -> conv(len(L60), kernel=1)",
                        "CNN0292"),
                multiplier(
                        "lists of lists",
                        "const L0 = range(1000)",
                        i -> "const L" + (i + 1) + " = [" + "L" + i + (", L" + i).repeat(300) + "]",
                        6,
                        "x -> conv(if L6 == L6 then 1 else 2, kernel=1)",
                        "CNN0291"),
                multiplier(
                        "a chain of constants",
                        "const L0 = 1",
                        i -> "const L" + (i + 1) + " = L" + i + " + 1",
                        2000,
                        "x -> conv(L2000, kernel=1)",
                        "CNN0290"),
                multiplier(
                        "nested repeats",
                        "",
                        i -> "",
                        0,
                        "x -> " + "repeat(1000000, ".repeat(50) + "x => x" + ")".repeat(50),
                        "CNN0291"),
                multiplier("many operators", "", i -> "", 0, "x -> repeat(1000, repeat(1001, identity))", "CNN0362"),
                multiplier(
                        "many parameters",
                        "",
                        i -> "",
                        0,
                        "x -> repeat(500000, (x, i) => x -> a{i}: conv(1, kernel=1))",
                        "CNN0291"),
                multiplier(
                        "many models",
                        "model T(n: int) { input x: [1, 8, 8] output y = x -> repeat(n, identity) }",
                        i -> "model M" + i + " = T(900000)",
                        1000,
                        "x -> relu",
                        "CNN0362"),
                multiplier(
                        "a stage handed to itself",
                        "",
                        i -> "",
                        0,
                        "x -> ((x, f) => concat(x -> f(f), x -> f(f)))((x, f) => concat(x -> f(f), x -> f(f)))",
                        "CNN0290"),
                multiplier(
                        "huge numbers",
                        "",
                        i -> "",
                        0,
                        "x -> conv(2147483647, kernel=1) -> flatten -> dense(2147483647)",
                        "CNN0361"));
    }

    private static DynamicTest multiplier(
            String name, String first, IntFunction<String> next, int count, String expression, String code) {
        String declarations = IntStream.range(0, count).mapToObj(next).collect(Collectors.joining("\n"));
        String text = first + "\n" + declarations + "\nmodel Net { input x: [1, 8, 8] output y = " + expression + " }";
        return DynamicTest.dynamicTest(name, () -> {
            CheckResult result = assertTimeoutPreemptively(PATIENCE, () -> Checks.check(text));
            assertThat(result.diagnostics()).extracting(one -> one.code().id()).containsExactly(code);
        });
    }

    @Test
    void deepNestingIsNoOverflow() {
        for (String text : List.of(
                "model Net { input x: [1, 8, 8] output y = " + "(".repeat(30_000) + "x" + ")".repeat(30_000) + " }",
                "const A = " + "-".repeat(60_000) + "1",
                "const A = " + "[".repeat(60_000),
                "const A = 1" + " + 1".repeat(16_000) + "\nmodel Net { input x: [A, 8, 8] output y = x }")) {
            assertTimeoutPreemptively(PATIENCE, () -> exercise(text));
        }
    }

    @Test
    void mutatedFilesAreNoExceptions() throws IOException {
        long seed = Long.getLong("test.seed", 20_240_607);
        System.out.println("seed " + seed + " (-Dtest.seed=…)");
        List<List<String>> corpus = corpus();
        List<String> tokens = corpus.stream().flatMap(List::stream).toList();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            List<String> mutated = new ArrayList<>(corpus.get(random.nextInt(corpus.size())));
            for (int changes = random.nextInt(6); changes >= 0 && !mutated.isEmpty(); changes--) {
                mutate(mutated, tokens, random);
            }
            String text = String.join("", mutated);
            int run = i;
            assertTimeoutPreemptively(
                    PATIENCE, () -> exercise(text), () -> "seed " + seed + ", run " + run + ":\n" + text);
        }
    }

    private static void mutate(List<String> text, List<String> tokens, Random random) {
        int at = random.nextInt(text.size());
        switch (random.nextInt(5)) {
            case 0 -> text.remove(at);
            case 1 -> text.set(at, tokens.get(random.nextInt(tokens.size())));
            case 2 -> text.add(at, ODD.get(random.nextInt(ODD.size())));
            case 3 -> text.set(at, ODD.get(random.nextInt(ODD.size())));
            default -> Collections.swap(text, at, random.nextInt(text.size()));
        }
    }

    private static void exercise(String text) {
        CheckResult result = Checks.check(text);
        TextRenderer.plain().render(result.diagnostics());
        new JsonRenderer().render(result.diagnostics());
        result.models().forEach(graph -> {
            Costs.of(graph);
            GraphText.of(graph);
        });
    }

    /** The files of the other tests, but for those that are meant to reach a limit. */
    private static List<List<String>> corpus() throws IOException {
        Path folder = Path.of(System.getProperty("basedir", "")).resolve("src/test/resources");
        try (Stream<Path> files = Files.walk(folder)) {
            List<List<String>> corpus = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".cnn"))
                    .sorted()
                    .toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                if (!text.contains("_000, ") && !text.contains("000, repeat")) {
                    corpus.add(TOKEN.matcher(text)
                            .results()
                            .map(MatchResult::group)
                            .toList());
                }
            }
            return corpus;
        }
    }
}
