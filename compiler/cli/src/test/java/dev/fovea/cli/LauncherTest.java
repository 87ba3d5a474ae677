package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts Fovea: it knows which commands compute, and keeps an archive of the classes. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path SCRIPT = Path.of("src/main/distribution/bin/fovea");

    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    /** A distribution as the build makes it, of what the tests run with. */
    @BeforeAll
    static void install() throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(SCRIPT, home.resolve("bin/fovea"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            Path jar = home.resolve("lib/" + number++ + ".jar");
            if (Files.isRegularFile(path)) {
                Files.copy(path, jar);
            } else if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
                jar(path, jar);
            }
        }
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (Stream<Path> paths = Files.walk(classes);
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                Files.copy(path, out);
            }
        }
    }

    private record Run(int status, String out, String err) {}

    private Run start(Path cache, String javaOptions, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(home.resolve("bin/fovea").toString()));
        words.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("FOVEA_CACHE", cache.toString());
        builder.environment().put("FOVEA_JAVA_OPTIONS", javaOptions);
        Process process = builder.start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Waits until nothing is being made; returns the archives there are. */
    private static List<Path> archives(Path cache) throws Exception {
        return archives(cache, ".jsa");
    }

    /** Waits until there is an archive and no file but those of these kinds; returns the files. */
    private static List<Path> archives(Path cache, String... kinds) throws Exception {
        Instant end = Instant.now().plusSeconds(300);
        while (Instant.now().isBefore(end)) {
            try (Stream<Path> files = Files.list(cache)) {
                List<Path> all = files.toList();
                boolean isMade = all.stream().anyMatch(file -> file.toString().endsWith(".jsa"));
                if (isMade
                        && all.stream().allMatch(file -> Arrays.stream(kinds)
                                .anyMatch(kind -> file.toString().endsWith(kind)))) {
                    return all;
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no archive within five minutes");
    }

    @Test
    void theFirstStartMakesAnArchiveThatLaterOnesUse() throws Exception {
        Path cache = folder.resolve("a cache");
        String page = Call.of("explain", "CNN0301").out();
        assertThat(start(cache, "", "explain", "CNN0301")).isEqualTo(new Run(0, page, ""));
        Path archive = archives(cache).get(0);
        assertThat(Files.size(archive)).isGreaterThan(1_000_000);

        Path log = folder.resolve("classes.log");
        assertThat(start(cache, "-Xlog:class+load:file=" + log, "explain", "CNN0301"))
                .isEqualTo(new Run(0, page, ""));
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("dev.fovea.cli.Main source: shared objects file (top)"));

        // One that is broken is done without, and not a word about it.
        Files.delete(archive);
        Files.write(archive, new byte[100_000]);
        assertThat(start(cache, "", "explain", "CNN0301")).isEqualTo(new Run(0, page, ""));

        // Other jars, another archive; the old one goes.
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            Files.setLastModifiedTime(
                    jars.findFirst().orElseThrow(), FileTime.from(Instant.now().minusSeconds(1000)));
        }
        assertThat(start(cache, "", "explain", "CNN0301")).isEqualTo(new Run(0, page, ""));
        Path other = await(cache, archive);
        assertThat(archives(cache)).containsExactly(other);
    }

    private static Path await(Path cache, Path old) throws Exception {
        Instant end = Instant.now().plusSeconds(300);
        while (Instant.now().isBefore(end)) {
            List<Path> all = archives(cache);
            if (!all.contains(old)) {
                return all.get(0);
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the archive of the old jars is still there");
    }

    @Test
    void aCacheThatCannotBeMadeIsDoneWithout() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Run run = start(file.resolve("cache"), "", "--version");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(start(Path.of("off"), "", "--version")).isEqualTo(run);
        assertThat(Path.of("off")).doesNotExist();
    }

    /** What kernels work with depends on how wide they compute. */
    @Test
    void aSummaryHasSimdAndACheckHasNot() throws Exception {
        Path model = Path.of("src/test/resources/dev/fovea/cli/cnn/lenet.cnn").toAbsolutePath();
        String modules = "--show-module-resolution";
        assertThat(start(Path.of("off"), modules, "check", model.toString()).out())
                .contains("root java.base")
                .doesNotContain("root jdk.incubator.vector");
        assertThat(start(Path.of("off"), modules, "summary", model.toString()).out())
                .contains("root jdk.incubator.vector");
    }

    /** A network that is known needs no compiler. */
    @Test
    void whatIsCompiledIsKept() throws Exception {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        String model = Path.of("src/test/resources/dev/fovea/cli/cnn/lenet.cnn")
                .toAbsolutePath()
                .toString();
        String[] command = {"bench", model, "--batch", "1", "--mode", "infer", "--seconds", "0.01", "--device", "cpu"};
        Path log = folder.resolve("classes.log");
        String options = "-Xlog:class+load:file=" + log;
        assertThat(start(cache, options, command).status()).isZero();
        assertThat(Files.readString(log)).contains("com.sun.tools.javac.comp.Attr ");
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).hasSize(1); // and no archive: making one would be measured
        }

        assertThat(start(cache, options, command).status()).isZero();
        assertThat(Files.readString(log)).contains("ClassCache ").doesNotContain("com.sun.tools.javac.comp.Attr ");

        assertThat(start(Path.of("off"), options, command).status()).isZero();
        assertThat(Files.readString(log)).contains("com.sun.tools.javac.comp.Attr ");
    }

    /** A call that is known needs neither the compiler of networks nor its parser, until what it reads is changed. */
    @Test
    void aCallIsKept() throws Exception {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        String text = Files.readString(Path.of("src/test/resources/dev/fovea/cli/cnn/lenet.cnn"));
        Path model = Files.writeString(folder.resolve("lenet.cnn"), text);
        Path log = folder.resolve("classes.log");
        String data = Pictures.write(folder.resolve("data"), 60, 30).toString();
        String[] command = {
            "train",
            model.toString(),
            "--data",
            data,
            "--out",
            folder.resolve("run").toString(),
            "--device",
            "cpu"
        };
        String options = "-Xlog:class+load:file=" + log;
        Run first = start(cache, options, command);
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(Files.readString(log)).contains("org.antlr.v4.runtime.Parser ");
        byte[] weights = Files.readAllBytes(folder.resolve("run/model.safetensors"));
        archives(cache, ".jsa", ".classes");
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files.filter(file -> file.toString().endsWith(".classes")))
                    .hasSize(2); // the classes and the call, nothing of the rehearsal
        }

        Run second = start(cache, options, command);
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(Files.readString(log)).contains("KeptModel ").doesNotContain("org.antlr.v4.runtime.Parser ");
        assertThat(Files.readAllBytes(folder.resolve("run/model.safetensors"))).isEqualTo(weights);

        Files.writeString(model, text.replace("-> relu", "-> reluu"));
        Run faulty = start(cache, "", command);
        assertThat(faulty.status()).isNotZero();
        assertThat(faulty.err()).contains("reluu");
    }

    @Test
    void whatTheUserAsksOfJavaWins() throws Exception {
        Run run = start(Path.of("off"), "-Xmn16m -Dfile.encoding=ISO-8859-1 -XshowSettings:properties", "--version");
        assertThat(run.err()).contains("file.encoding = ISO-8859-1");
    }

    @Test
    void whatComputesAsksForLargePagesWhereTheSystemLeavesItToPrograms() throws Exception {
        Path setting = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        boolean isLeftToPrograms =
                Files.isReadable(setting) && Files.readString(setting).contains("[madvise]");
        Pattern flag = Pattern.compile("bool UseTransparentHugePages += (true|false)");
        for (String command : List.of("test", "explain")) {
            Run run = start(Path.of("off"), "-XX:+PrintFlagsFinal", command, "--help");
            Matcher found = flag.matcher(run.out());
            // Other systems than Linux do not know the flag.
            String value = found.find() ? found.group(1) : "false";
            assertThat(value).as(command).isEqualTo(String.valueOf(isLeftToPrograms && command.equals("test")));
        }
    }

    /** Decisions 33 and 34. */
    @Test
    void whatComputesIsCompiledWithOptions() throws Exception {
        Run run = start(Path.of("off"), "-XX:+PrintFlagsFinal", "bench", "--help");
        assertThat(run.out())
                .containsPattern("PerMethodTrapLimit += 20000 ")
                .containsPattern("UseFPUForSpilling += false ");
    }

    @Test
    void everyCommandThatChoosesADeviceHasSimd() throws IOException {
        Matcher cases = Pattern.compile("case \\$command in\\s+([a-z |]+)\\)").matcher(Files.readString(SCRIPT));
        assertThat(cases.find()).isTrue();
        List<String> computing = Arrays.asList(cases.group(1).split(" \\| "));
        List<String> choosing = CommandLinePageTest.commands().stream()
                .filter(command -> Call.of(command, "--help").out().contains("--device="))
                .toList();
        assertThat(choosing).contains("train", "predict", "report");
        choosing =
                choosing.stream().filter(command -> !command.equals("summary")).toList(); // see above
        assertThat(computing).containsAll(choosing).contains("devices");
    }
}
