package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The colour pictures of CIFAR-10 and CIFAR-100 in their binary form: a record a picture, one byte of class (CIFAR-100: one of the
 * coarse, one of the fine class, of which the fine one counts), then 1,024 bytes each of red, green and blue, row by row.
 *
 * <p>Field 0 is {@code image}, {@code [3, 32, 32]}, from 0 to 1; field 1 is {@code label}. The pictures are kept as bytes: 150 MB.
 */
public final class CifarPictures implements DataSet {
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;

    private final List<byte[]> files;
    private final int[] firsts;
    private final int labelBytes;
    private final List<Field> fields;
    private final int size;

    private CifarPictures(List<byte[]> files, int labelBytes, List<String> classes) {
        this.files = files;
        this.labelBytes = labelBytes;
        this.fields = List.of(
                new Field.Values("image", Shape.of(3, SIDE, SIDE)), new Field.Classes("label", Shape.of(1), classes));
        this.firsts = new int[files.size()];
        int count = 0;
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = count;
            count = Math.addExact(count, files.get(i).length / (labelBytes + PIXELS));
        }
        this.size = count;
    }

    /** Whether a folder holds CIFAR's binary files. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve("data_batch_1.bin"))
                || Files.isRegularFile(folder.resolve("train.bin"));
    }

    /**
     * The training pictures of a folder: {@code data_batch_1.bin} to {@code data_batch_5.bin} as far as they are there, or CIFAR-100's
     * {@code train.bin}.
     *
     * @throws InputException where a file is missing or damaged, or holds a class that there is not
     */
    public static CifarPictures train(Path folder) throws InputException {
        if (Files.isRegularFile(folder.resolve("train.bin"))) {
            return read(folder, List.of(folder.resolve("train.bin")), true);
        }
        List<Path> batches = IntStream.rangeClosed(1, 5)
                .mapToObj(number -> folder.resolve("data_batch_" + number + ".bin"))
                .filter(Files::isRegularFile)
                .toList();
        if (batches.isEmpty()) {
            throw InputException.of(folder, "a file is missing here: looked for data_batch_1.bin, train.bin");
        }
        return read(folder, batches, false);
    }

    /** The test pictures, likewise: {@code test_batch.bin} or {@code test.bin}. */
    public static CifarPictures test(Path folder) throws InputException {
        Path fine = folder.resolve("test.bin");
        return Files.isRegularFile(fine)
                ? read(folder, List.of(fine), true)
                : read(folder, List.of(folder.resolve("test_batch.bin")), false);
    }

    private static CifarPictures read(Path folder, List<Path> paths, boolean hundred) throws InputException {
        int labelBytes = hundred ? 2 : 1;
        List<String> names = names(folder, hundred);
        List<byte[]> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(read(path, labelBytes, names.size()));
        }
        return new CifarPictures(files, labelBytes, names);
    }

    private static byte[] read(Path path, int labelBytes, int classes) throws InputException {
        int record = labelBytes + PIXELS;
        byte[] bytes;
        try {
            long length = Files.size(path);
            if (length == 0 || length % record != 0 || length > Integer.MAX_VALUE - 16) {
                throw InputException.of(
                        path,
                        length + " bytes are no whole number of pictures of " + record + " bytes each",
                        "the file is damaged or not in CIFAR's binary form");
            }
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw InputException.from(path, "read the pictures", e);
        }
        for (int at = labelBytes - 1; at < bytes.length; at += record) {
            if ((bytes[at] & 0xFF) >= classes) {
                throw InputException.at(
                        path,
                        at,
                        "picture " + at / record + " has the class " + (bytes[at] & 0xFF) + ", but there are " + classes
                                + ", 0 to " + (classes - 1));
            }
        }
        return bytes;
    }

    /** The names that come with the files; numbers where they do not. */
    private static List<String> names(Path folder, boolean hundred) throws InputException {
        int count = hundred ? 100 : 10;
        Path file = folder.resolve(hundred ? "fine_label_names.txt" : "batches.meta.txt");
        if (!Files.isRegularFile(file)) {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }
        try {
            List<String> names = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (names.size() != count) {
                throw InputException.of(file, names.size() + " names for " + count + " classes");
            }
            return names;
        } catch (IOException e) {
            throw InputException.from(file, "read the names of the classes", e);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<Field> fields() {
        return fields;
    }

    @Override
    public void read(int index, Sample into) {
        int file = firsts.length - 1;
        while (firsts[file] > index) {
            file--;
        }
        byte[] bytes = files.get(file);
        int at = (index - firsts[file]) * (labelBytes + PIXELS) + labelBytes;
        float[] image = into.array(0);
        int offset = into.offset(0);
        for (int i = 0; i < PIXELS; i++) {
            image[offset + i] = (bytes[at + i] & 0xFF) / 255f;
        }
        into.set(1, 0, bytes[at - 1] & 0xFF);
    }

    /** Of every pixel and class. */
    @Override
    public String fingerprint() throws FoveaException {
        Fingerprint fingerprint = new Fingerprint();
        files.forEach(fingerprint::add);
        return fingerprint.text();
    }
}
