package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines without this or that, each a Java process of its own: a process looks for devices once. */
class ClPlatformsTest {
    @TempDir
    Path empty;

    /** What the process that {@link ShowDevices} is prints, line by line. */
    private List<String> devices(String classPath, Map<String, String> environment) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + empty,
                "-cp",
                classPath,
                ShowDevices.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @Test
    void withoutPlatformsThereIsOneLineAndNoDevice() throws Exception {
        List<String> lines = devices(classPath(), Map.of("OCL_ICD_VENDORS", empty.toString()));
        assertThat(lines).last().asString().startsWith("absence: ").hasSizeGreaterThan(20);
        assertThat(lines).filteredOn(line -> line.startsWith("INFO")).hasSize(1);
        assertThat(lines).noneMatch(line -> line.startsWith("device: ") || line.contains("\tat "));
    }

    @Test
    void withABrokenDriverThereIsOneLineAndNoDevice() throws Exception {
        java.nio.file.Files.writeString(empty.resolve("broken.icd"), "libNoSuchDriver.so\n");
        List<String> lines = devices(classPath(), Map.of("OCL_ICD_VENDORS", empty.toString()));
        assertThat(lines).last().asString().startsWith("absence: ").hasSizeGreaterThan(20);
        assertThat(lines).noneMatch(line -> line.startsWith("device: ") || line.contains("\tat "));
    }

    @Test
    void withoutJoclThereIsOneLineAndNoDevice() throws Exception {
        String without = Stream.of(classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains("jocl"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> lines = devices(without, Map.of());
        assertThat(lines).last().isEqualTo("absence: JOCL is not on the class path");
        assertThat(lines).filteredOn(line -> line.startsWith("INFO")).hasSize(1);
        assertThat(lines).noneMatch(line -> line.contains("\tat "));
    }

    @Test
    @RequiresOpenCl
    void withADeviceItIsDescribed() throws Exception {
        List<String> lines = devices(classPath(), Map.of());
        assertThat(lines).anySatisfy(line -> assertThat(line)
                .startsWith("device: opencl:0 ")
                .contains("compute units", "memory", "largest buffer", "local memory", "driver"));
        assertThat(lines).last().isEqualTo("absence: ");
    }

    @Test
    @RequiresOpenCl
    void theNativeLibraryHasANameNobodyCanGuess() throws IOException, Exception {
        List<String> lines = devices(classPath(), Map.of());
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).matches("library: libJOCL.*-[0-9a-f]{8}-[0-9a-f-]{27}\\..*"));
        assertThat(Arrays.asList(empty.toFile().list())).as("left behind").noneMatch(name -> name.contains("JOCL"));
    }
}
