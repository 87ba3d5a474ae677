package dev.fovea.images;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pictures in folders, one a class: {@code DIR/cat/1.jpg}. Classes and pictures are in the order of their names; the class is called
 * after its folder. Only the names are in memory: a picture is decoded whenever it is asked for, by several threads.
 *
 * <p>Field 0 is {@code image}, {@code [C, H, W]} from 0 to 1, by a {@link Preparation}; field 1 is {@code label}.
 */
public final class PictureFolder implements DataSet {
    private final Path folder;
    private final List<Path> files;
    private final int[] labels;
    private final List<Field> fields;
    private final Preparation preparation;

    private PictureFolder(Path folder, List<Path> files, int[] labels, List<String> classes, Preparation preparation) {
        this.folder = folder;
        this.files = files;
        this.labels = labels;
        this.preparation = preparation;
        this.fields = List.of(
                new Field.Values("image", preparation.shape()), new Field.Classes("label", Shape.of(1), classes));
    }

    /**
     * The pictures below a folder.
     *
     * @param shape what a picture becomes: {@code [1, H, W]} or {@code [3, H, W]}
     * @param shorter the shorter side before the middle is cut out; at least H and W
     * @throws InputException where there are no folders with pictures in them
     */
    public static PictureFolder open(Path folder, Shape shape, int shorter) throws InputException {
        return open(folder, shape, shorter, classes(folder));
    }

    /**
     * The same with classes that are known: a folder for each may be missing, one that is none of them is an error.
     *
     * @throws InputException where a folder is no class, or none has pictures in it
     */
    public static PictureFolder open(Path folder, Shape shape, int shorter, List<String> classes)
            throws InputException {
        if (!Preparation.suits(shape)) {
            throw InputException.of(folder, "pictures have the shape [1, H, W] or [3, H, W], not " + shape);
        }
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (String name : classes(folder)) {
            int label = classes.indexOf(name);
            if (label < 0) {
                throw InputException.of(folder.resolve(name), "there is no class of this name among the others");
            }
            for (Path file : pictures(folder.resolve(name))) {
                files.add(file);
                labels.add(label);
            }
        }
        if (files.isEmpty()) {
            throw InputException.of(
                    folder, "there are no pictures in its folders", "a folder a class: " + folder + "/cat/1.jpg");
        }
        int[] all = labels.stream().mapToInt(Integer::intValue).toArray();
        return new PictureFolder(folder, List.copyOf(files), all, classes, new Preparation(shape, shorter));
    }

    /** Whether a folder has a folder with a picture in it. */
    public static boolean isIn(Path folder) throws InputException {
        for (String name : classes(folder)) {
            if (!pictures(folder.resolve(name)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The names of the folders in a folder, in order, hidden ones left out. */
    public static List<String> classes(Path folder) throws InputException {
        return list(folder)
                .filter(Files::isDirectory)
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.startsWith("."))
                .sorted()
                .toList();
    }

    /** The pictures in a folder, by their names, in order. */
    static List<Path> pictures(Path folder) throws InputException {
        return list(folder)
                .filter(file -> PictureFile.isNamedSo(file) && Files.isRegularFile(file))
                .sorted()
                .toList();
    }

    private static Stream<Path> list(Path folder) throws InputException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException e) {
            throw InputException.from(folder, "list the folder", e);
        }
    }

    /** The file of a sample. */
    public Path file(int index) {
        return files.get(index);
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public List<Field> fields() {
        return fields;
    }

    @Override
    public void read(int index, Sample into) throws FoveaException {
        float[] picture = preparation.read(files.get(index));
        System.arraycopy(picture, 0, into.array(0), into.offset(0), picture.length);
        into.set(1, 0, labels[index]);
    }

    @Override
    public int readers() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Of the names and the sizes of all files: reading them all would take as long as an epoch. */
    @Override
    public String fingerprint() throws FoveaException {
        return fingerprint(fields.toString() + preparation.shorter(), folder, files);
    }

    /** A hash of a text and of the names and sizes of files. */
    static String fingerprint(String start, Path folder, List<Path> files) throws InputException {
        StringBuilder list = new StringBuilder(start);
        for (Path file : files) {
            try {
                list.append('\n').append(folder.relativize(file)).append(' ').append(Files.size(file));
            } catch (IOException e) {
                throw InputException.from(file, "look at the picture", e);
            }
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(list.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
