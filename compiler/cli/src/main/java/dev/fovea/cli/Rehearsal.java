package dev.fovea.cli;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Runs the commands once on small inputs of its own, for nothing but the classes that they load: the launcher starts it
 * with {@code -XX:ArchiveClassesAtExit} and gives the archive that Java then writes to every later start. It prints
 * nothing and leaves nothing behind.
 */
public final class Rehearsal {
    private static final String MODEL = """
            import std.resnet.{ResNet, Basic}

            model Rehearsed(classes: int = 3) = ResNet(Basic, [1, 1, 1, 1], classes)

            model Small(classes: int = 3) {
              input image: [1, 16, 16]
              output logits = image
                -> conv1: conv(6, kernel=5, padding=2) -> relu  :: [6, 16, 16]
                -> maxpool(2)
                -> conv2: conv(16, kernel=3) -> relu
                -> maxpool(2)
                -> flatten
                -> dense(40) -> relu
                -> fc: dense(classes)
              expect parameters <= 10_000
            }

            train Small {
              target label: class(classes)
              loss cross_entropy(logits, label)
              optimizer sgd(lr=0.1, momentum=0.9)
              schedule cosine
              batch 8
              epochs 1
              augment image -> shift(1)
              metric accuracy(logits, label)
            }
            """;

    private static final String FAULTY = """
            model Faulty {
              input image: [1, 8, 8]
              output logits = image -> convv(4, kernel=3) -> conv(3, kernel=9) -> relu -> relu -> dense(3)
            }
            """;

    private static final int SIDE = 16;
    private static final int PICTURES = 16;

    private Rehearsal() {}

    /** Runs the commands in a folder for passing files. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("fovea");
        // Of the two commands that need generated classes the first compiles and keeps them, the second finds them.
        System.setProperty("fovea.cache", folder.resolve("cache").toString());
        try {
            commands(folder);
        } finally {
            delete(folder);
        }
        System.exit(ExitStatus.OK); // the pool of compute threads does not end by itself
    }

    private static void commands(Path folder) throws IOException {
        Path model = Files.writeString(folder.resolve("rehearsal.cnn"), MODEL);
        Path faulty = Files.writeString(folder.resolve("faulty.cnn"), FAULTY);
        String data = writePictures(folder.resolve("data")).toString();
        String run = folder.resolve("run").toString();
        run("check", model.toString(), faulty.toString());
        run("check", "--format", "json", faulty.toString());
        run("summary", model.toString());
        run("summary", "--plan", "--format", "json", model.toString());
        run("fmt", "--check", model.toString());
        run("diff", model.toString(), model.toString(), "--model", "Small");
        run("graph", model.toString(), "--model", "Rehearsed");
        run("explain", "CNN0301");
        run("train", model.toString(), "--model", "Small", "--data", data, "--out", run, "--device", "cpu");
        String weights = run + "/model.safetensors";
        run("test", model.toString(), "--model", "Small", "--data", data, "--weights", weights, "--device", "cpu");
        run("compile", model.toString(), "--out", folder.resolve("sources").toString());
        run("--help");
    }

    private static void run(String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(new Console(nowhere, nowhere, false, false), List.of(arguments));
    }

    /** Pictures in MNIST's format, compressed as they are handed out, of three classes. */
    private static Path writePictures(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String part : List.of("train", "t10k")) {
            try (DataOutputStream images = open(folder.resolve(part + "-images-idx3-ubyte.gz"));
                    DataOutputStream labels = open(folder.resolve(part + "-labels-idx1-ubyte.gz"))) {
                for (int word : new int[] {0x0803, PICTURES, SIDE, SIDE}) {
                    images.writeInt(word);
                }
                images.write(new byte[PICTURES * SIDE * SIDE]);
                labels.writeInt(0x0801);
                labels.writeInt(PICTURES);
                for (int i = 0; i < PICTURES; i++) {
                    labels.writeByte(i % 3);
                }
            }
        }
        return folder;
    }

    private static DataOutputStream open(Path file) throws IOException {
        return new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
