package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Grey pictures with a class each, from a pair of IDX files: MNIST, Fashion-MNIST and their kin.
 *
 * <p>Field 0 is {@code image}, {@code [1, H, W]}, each pixel divided by 255, so from 0 to 1; field 1 is {@code label}. The pictures are
 * kept as the bytes that they are in the file: 47 MB for MNIST's 60,000.
 */
public final class IdxPictures implements DataSet {
    private static final float[] BRIGHTNESS = brightness();

    private final byte[] pixels;
    private final byte[] labels;
    private final List<Field> fields;
    private final int pictureLength;

    private IdxPictures(byte[] pixels, byte[] labels, Shape shape, List<String> classNames) {
        this.pixels = pixels;
        this.labels = labels;
        this.pictureLength = Math.toIntExact(shape.size());
        this.fields = List.of(new Field.Values("image", shape), new Field.Classes("label", Shape.of(1), classNames));
    }

    /**
     * The training pictures of a folder: {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, with or without
     * {@code .gz}.
     *
     * @param classNames what the classes are called, in order
     * @throws InputException where a file is missing, damaged, or holds a label for which there is no class
     */
    public static IdxPictures train(Path folder, List<String> classNames) throws InputException {
        return read(find(folder, "train-images", "idx3"), find(folder, "train-labels", "idx1"), classNames);
    }

    /** The test pictures of a folder, likewise: {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}. */
    public static IdxPictures test(Path folder, List<String> classNames) throws InputException {
        return read(find(folder, "t10k-images", "idx3"), find(folder, "t10k-labels", "idx1"), classNames);
    }

    /**
     * The pictures of one file with the labels of another.
     *
     * @throws InputException where a file is missing, damaged, or holds a label for which there is no class
     */
    public static IdxPictures read(Path images, Path labels, List<String> classNames) throws InputException {
        IdxFile pictures = IdxFile.read(images, 3, "pictures");
        IdxFile classes = IdxFile.read(labels, 1, "labels");
        int count = pictures.extents().get(0);
        if (classes.extents().get(0) != count) {
            throw InputException.at(
                    labels,
                    4,
                    classes.extents().get(0) + " labels for the " + count + " pictures in " + images.getFileName(),
                    "the two files must belong to the same set");
        }
        byte[] labelBytes = classes.bytes();
        for (int i = 0; i < count; i++) {
            int label = labelBytes[i] & 0xFF;
            if (label >= classNames.size()) {
                throw InputException.at(
                        labels,
                        8L + i,
                        "sample " + i + " has the label " + label + ", but there are " + classNames.size()
                                + " classes, 0 to " + (classNames.size() - 1));
            }
        }
        Shape shape = Shape.of(1, pictures.extents().get(1), pictures.extents().get(2));
        return new IdxPictures(pictures.bytes(), labelBytes, shape, classNames);
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public List<Field> fields() {
        return fields;
    }

    @Override
    public void read(int index, Sample into) {
        float[] image = into.array(0);
        int offset = into.offset(0);
        int from = index * pictureLength;
        for (int i = 0; i < pictureLength; i++) {
            image[offset + i] = BRIGHTNESS[pixels[from + i] & 0xFF];
        }
        into.set(1, 0, labels[index] & 0xFF);
    }

    /** Of every pixel and label. */
    @Override
    public String fingerprint() {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(fields.toString());
        fingerprint.add(pixels);
        fingerprint.add(labels);
        return fingerprint.text();
    }

    private static float[] brightness() {
        float[] table = new float[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = i / 255f;
        }
        return table;
    }

    private static Path find(Path folder, String stem, String kind) throws InputException {
        if (!Files.isDirectory(folder)) {
            throw InputException.of(folder, Files.exists(folder) ? "this is not a folder" : "there is no such folder");
        }
        List<String> names = List.of(
                stem + "-" + kind + "-ubyte",
                stem + "-" + kind + "-ubyte.gz",
                stem + "." + kind + "-ubyte",
                stem + "." + kind + "-ubyte.gz");
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw InputException.of(folder, "a file is missing here: looked for " + String.join(", ", names));
    }
}
