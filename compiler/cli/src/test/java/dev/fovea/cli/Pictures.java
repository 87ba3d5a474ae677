package dev.fovea.cli;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A small data set in MNIST's format: 8×8, three classes that differ in where the bright half is. */
final class Pictures {
    private static final int SIDE = 8;

    private Pictures() {}

    /** Writes a training and a test part into the folder. */
    static Path write(Path folder, int training, int test) throws IOException {
        Files.createDirectories(folder);
        write(folder, "train", training, 1);
        write(folder, "t10k", test, 2);
        return folder;
    }

    private static void write(Path folder, String part, int samples, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (DataOutputStream images = open(folder.resolve(part + "-images-idx3-ubyte"));
                DataOutputStream labels = open(folder.resolve(part + "-labels-idx1-ubyte"))) {
            images.writeInt(0x0803);
            images.writeInt(samples);
            images.writeInt(SIDE);
            images.writeInt(SIDE);
            labels.writeInt(0x0801);
            labels.writeInt(samples);
            for (int i = 0; i < samples; i++) {
                int label = i % 3;
                labels.writeByte(label);
                for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                    images.writeByte((isBright(label, pixel) ? 160 : 20) + random.nextInt(60));
                }
            }
        }
    }

    private static boolean isBright(int label, int pixel) {
        return switch (label) {
            case 0 -> pixel / SIDE < SIDE / 2;
            case 1 -> pixel % SIDE < SIDE / 2;
            default -> (pixel / SIDE + pixel % SIDE) % 2 == 0;
        };
    }

    private static DataOutputStream open(Path file) throws IOException {
        return new DataOutputStream(Files.newOutputStream(file));
    }
}
