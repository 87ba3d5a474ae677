package dev.fovea.compiler;

import com.sun.management.OperatingSystemMXBean;
import dev.fovea.compiler.diagnostics.JsonRenderer;
import dev.fovea.compiler.diagnostics.TextRenderer;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts of at most 64 KiB that make much work of little, by what multiplies in them. */
final class HostileTexts {
    private static final int SIZE = 65_536;
    private static final String NET = "model Net { input x: [1, 8, 8] ";

    private HostileTexts() {}

    /** Checks and shows them all, a line for each with its processor time; to be run with little memory. */
    public static void main(String[] arguments) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        all().forEach((name, text) -> {
            long before = system.getProcessCpuTime();
            CheckResult result = Checks.check(text);
            TextRenderer.plain().render(result.diagnostics());
            new JsonRenderer().render(result.diagnostics());
            long millis = (system.getProcessCpuTime() - before) / 1_000_000;
            System.out.println(name + ": " + result.diagnostics().size() + " diagnostics in " + millis + " ms");
        });
    }

    static Map<String, String> all() {
        Map<String, String> texts = new LinkedHashMap<>();
        calls(texts);
        values(texts);
        names(texts);
        recipes(texts);
        characters(texts);
        return texts;
    }

    private static void calls(Map<String, String> texts) {
        String base = "block B0(x) { return x -> conv(1, kernel=1) }";
        IntFunction<String> twice = i -> "block B" + (i + 1) + "(x) { return x -> B" + i + " -> B" + i + " }";
        texts.put("blocks", base + lines(60, twice) + NET + "output y = x -> B60 }");
        texts.put("empty blocks", "block B0(x) { return x }" + lines(60, twice) + NET + "output y = x -> B60 }");
        texts.put(
                "faulty blocks",
                "block B0(x) { let a = x -> conv(1, kernel=99) return x }" + lines(60, twice) + NET
                        + "output y = x -> B60 }");
        texts.put(
                "long labels",
                base
                        + lines(
                                40,
                                i -> "block B" + (i + 1) + "(x) { return x -> " + "b".repeat(500) + ": B" + i + " -> "
                                        + "c".repeat(500) + ": B" + i + " }")
                        + NET + "output y = x -> B40 }");
        texts.put(
                "anonymous blocks",
                NET + "let a0 = x => x" + lines(60, i -> "let a" + (i + 1) + " = x => x -> a" + i + " -> a" + i)
                        + "output y = x -> a60 }");
        texts.put(
                "chains",
                NET + "let a0 = relu" + lines(60, i -> "let a" + (i + 1) + " = a" + i + " -> a" + i)
                        + "output y = x -> a60 }");
        texts.put(
                "wide calls",
                fill(
                        "block B(x) { return slice(concat(",
                        "x, ",
                        "x), 0, 1) }\n" + NET + "output y = x -> repeat(100000, B) }"));
        texts.put(
                "wide calls repeated",
                fill(
                        NET + "output y = x",
                        " -> repeat(30, x => slice(concat(" + "x, ".repeat(99) + "x), 0, 1))",
                        " }"));
        texts.put(
                "chained stages",
                NET + "let a0 = relu" + lines(1_500, i -> "let a" + (i + 1) + " = a" + i + " -> relu")
                        + "output y = x -> a1500 }");
        texts.put("many parameters", NET + "output y = x -> repeat(500000, (x, i) => x -> a{i}: conv(1, kernel=1)) }");
        texts.put("activations in a row", fill(NET + "output y = x", " -> relu", " }"));
        texts.put("unknown operators", fill(NET + "output y = x", " -> convv(1)", " }"));
    }

    private static void values(Map<String, String> texts) {
        IntFunction<String> twice = i -> "fun f" + (i + 1) + "(n: int) : int = f" + i + "(n) + f" + i + "(n)";
        String net = NET + "output y = x -> conv(f60(1), kernel=1) }";
        texts.put("functions", "fun f0(n: int) : int = n" + lines(60, twice) + net);
        texts.put("faulty functions", "fun f0(n: int) : int = [1][n]" + lines(60, twice) + net);
        texts.put(
                "lists",
                "const L0 = range(1000)" + lines(60, i -> "const L" + (i + 1) + " = L" + i + " + L" + i) + NET
                        + "output y = x -> conv(len(L60), kernel=1) }");
        texts.put(
                "assertions", fill("model Net(n: int = 3) { input x: [1, 8, 8] ", "assert n == 2 ", "output y = x }"));
    }

    private static void names(Map<String, String> texts) {
        texts.put("unknown names", lines(1_500, i -> "const abcdefghij" + i + " = abcdefghik" + (i + 7)));
        texts.put(
                "unknown names in a body",
                NET + lines(1_500, i -> "let abcdefghij" + i + " = abcdefghik" + (i + 7)) + "output y = x }");
        texts.put("models of one name", fill("", "model M { input x: [1] output y = x }\n", ""));
    }

    private static void recipes(Map<String, String> texts) {
        String entries = "{ target t: [9] loss mse(y, t) optimizer sgd(lr=0.1) epochs 1 batch 1 ";
        texts.put(
                "recipes",
                "model M { input x: [9] output y = x -> repeat(200000, identity) }"
                        + lines(300, i -> "train r" + i + ": M " + entries + "}"));
        texts.put(
                "frozen layers",
                "model M { input x: [9] output y = x -> repeat(20000, dense(9)) } train M " + entries + "freeze "
                        + IntStream.range(0, 3_000)
                                .mapToObj(i -> "dense" + i + "9")
                                .collect(Collectors.joining(", "))
                        + " }");
        texts.put(
                "misspelt layers",
                "model M { input x: [9] output y = x" + lines(1_500, i -> "-> abcdefghij" + i + ": dense(9)")
                        + "} train M { freeze "
                        + IntStream.range(0, 1_500)
                                .mapToObj(i -> "abcdefghik" + i)
                                .collect(Collectors.joining(", "))
                        + " }");
        texts.put(
                "contracts",
                "model M { input x: [9] output y = x -> repeat(100000, identity)"
                        + lines(700, i -> "expect memory(train, batch=" + (i + 1) + ") <= 3 kB")
                        + lines(700, i -> "expect receptive_field(y) >= " + (i + 2)) + "}");
        texts.put("entries", fill("model M { input x: [4] output y = x } train M { ", "loss ", "}"));
    }

    private static void characters(Map<String, String> texts) {
        for (String unit : new String[] {"(", "{", "[", "\"", "/*", "->", "\u00e9", "1 ", "a.", "x => ", "@allow("}) {
            texts.put("only " + unit, fill("", unit, ""));
            texts.put("a value of " + unit, fill("const A = ", unit, ""));
        }
    }

    private static String lines(int count, IntFunction<String> line) {
        return "\n" + IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n")) + "\n";
    }

    private static String fill(String head, String unit, String tail) {
        int room = SIZE - head.length() - 2 * unit.length() - tail.length();
        return head + unit.repeat(room / unit.length()) + tail;
    }
}
