package dev.fovea.runtime.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final byte[] OLD = new byte[1000];
    private static final byte[] NEW = new byte[2000];

    @TempDir
    Path folder;

    /** A disk on which the process dies at one of the steps: from then on nothing is done any more, cleaning up included. */
    private static final class DyingDisk extends Disk {
        private final int lastStep;
        private int steps;

        DyingDisk(int lastStep) {
            this.lastStep = lastStep;
        }

        void step() throws IOException {
            if (++steps > lastStep) {
                throw new IOException("power failure");
            }
        }

        @Override
        FileChannel create(Path file) throws IOException {
            step();
            return super.create(file);
        }

        @Override
        void force(FileChannel channel) throws IOException {
            step();
            super.force(channel);
        }

        @Override
        void move(Path from, Path to) throws IOException {
            step();
            super.move(from, to);
        }

        @Override
        void forceFolder(Path folder) throws IOException {
            step();
            super.forceFolder(folder);
        }

        @Override
        void deleteQuietly(Path file) {}
    }

    @Test
    void whereverThePowerFailsTheFileIsTheOldOneOrTheNewOne() throws Exception {
        Path file = folder.resolve("model.safetensors");
        List<Integer> lengths = new ArrayList<>();
        for (int lastStep = 0; lastStep <= 7; lastStep++) {
            Files.write(file, OLD);
            DyingDisk disk = new DyingDisk(lastStep);
            try {
                AtomicFile.write(
                        file,
                        channel -> {
                            channel.write(ByteBuffer.wrap(NEW, 0, 700));
                            disk.step();
                            channel.write(ByteBuffer.wrap(NEW, 700, 600));
                            disk.step();
                            channel.write(ByteBuffer.wrap(NEW, 1300, 700));
                        },
                        disk);
            } catch (InputException e) {
                assertThat(e.message()).contains("power failure");
            }
            lengths.add(Files.readAllBytes(file).length);
        }
        // create, two steps amid the content, force, move, force the folder
        assertThat(lengths).containsExactly(1000, 1000, 1000, 1000, 1000, 2000, 2000, 2000);
    }

    @Test
    void aFailedWriteLeavesNothingBehindAndKeepsTheOldContent() throws Exception {
        Path file = folder.resolve("model.safetensors");
        Files.write(file, OLD);
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.wrap(NEW, 0, 100));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(InputException.class)
                .hasMessage("cannot write the file: No space left on device");
        assertThat(names()).containsExactly("model.safetensors");
        assertThat(Files.size(file)).isEqualTo(1000);
    }

    @Test
    void aFullDiskSaysHowMuchIsFree() {
        Path file = folder.resolve("model.safetensors");
        Disk full = new Disk() {
            @Override
            long free(Path below) {
                return 2_400;
            }
        };
        assertThatThrownBy(() -> AtomicFile.write(
                        file,
                        channel -> {
                            channel.write(ByteBuffer.wrap(NEW));
                            throw new IOException("No space left on device");
                        },
                        full))
                .isInstanceOfSatisfying(InputException.class, fault -> assertThat(fault.describe())
                        .isEqualTo("error: cannot write the file: No space left on device\n  --> " + file
                                + "\n  = help: its disk has 2 kB free, and the file takes more than 2 kB: make room, or"
                                + " choose another folder"))
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void leftoversOfKilledProcessesGoAndOtherFilesStay() throws Exception {
        Files.write(folder.resolve(".a.txt.999999999999-abc-1.partial"), OLD);
        Files.write(folder.resolve(".a.txt." + ProcessHandle.current().pid() + "-0-1.partial"), OLD);
        Files.write(folder.resolve(".a.txt.notes.partial"), OLD);
        Files.write(folder.resolve(".b.txt.999999999999-abc-1.partial"), OLD);
        AtomicFile.write(folder.resolve("a.txt"), channel -> channel.write(ByteBuffer.wrap(NEW)));
        assertThat(names()).containsExactly(".a.txt.notes.partial", ".b.txt.999999999999-abc-1.partial", "a.txt");
    }

    @Test
    void makesTheFolder() throws Exception {
        Path file = folder.resolve("deep/er/a.txt");
        AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(NEW)));
        assertThat(Files.size(file)).isEqualTo(2000);
    }

    @Test
    void aFolderThatIsAFileIsAFaultOfTheInput() throws Exception {
        Files.write(folder.resolve("run"), OLD);
        Path file = folder.resolve("run/a.txt");
        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {})).isInstanceOf(InputException.class);
    }

    /** Another process writes over and over and is killed, once and again; what it leaves is always whole. */
    @Test
    void killedWritersLeaveWholeFiles() throws Exception {
        Path file = folder.resolve("killed.bin");
        for (int round = 0; round < 4; round++) {
            Process writer = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(writer.getInputStream().read()).isEqualTo('.');
            Thread.sleep(7 + 23L * round);
            writer.destroyForcibly().waitFor();
            byte[] content = Files.readAllBytes(file);
            assertThat(content).hasSize(Writer.BYTES).containsOnly(content[0]);
        }
        AtomicFile.write(file, channel -> {});
        assertThat(names()).containsExactly("killed.bin");
    }

    /** Writes files of one repeated byte until it is killed, and a point to standard output after the first. */
    static final class Writer {
        static final int BYTES = 1 << 20;

        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[0]);
            for (int value = 0; ; value++) {
                byte[] content = new byte[BYTES];
                java.util.Arrays.fill(content, (byte) value);
                AtomicFile.write(file, channel -> {
                    for (int from = 0; from < BYTES; from += 4096) {
                        channel.write(ByteBuffer.wrap(content, from, 4096));
                    }
                });
                if (value == 0) {
                    System.out.print('.');
                    System.out.flush();
                }
            }
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
