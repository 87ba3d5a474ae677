package dev.fovea.cli;

import dev.fovea.images.PictureFolder;
import dev.fovea.images.Preparation;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.CifarPictures;
import dev.fovea.runtime.data.CsvTable;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.IdxPictures;
import dev.fovea.runtime.data.Split;
import dev.fovea.runtime.model.ModelSpec;
import dev.fovea.runtime.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The folder that {@code --data} names, whichever kind of data it holds: MNIST's or CIFAR's files, tables, or folders of pictures. A
 * folder of classes without a test part is cut in two by chance, the same way each time.
 */
final class DataFolder {
    private static final double HELD_BACK = 0.1;
    private static final long SPLIT_SEED = 1;
    /** Where pictures to test on may be. */
    static final List<String> TEST_FOLDERS = List.of("test", "val", "validation");
    /** An AlexNet sees 224 of 256 pixels: what random parts are cut from is larger than the input in this ratio. */
    private static final int MARGIN_FROM = 7;

    private static final int MARGIN_TO = 8;

    private final Path folder;
    private final Shape input;
    private final Recipe recipe;

    private DataFolder(Path folder, Shape input, Recipe recipe) {
        this.folder = folder;
        this.input = input;
        this.recipe = recipe;
    }

    /** A folder for a model and its recipe: the shape of the model's first input is that of a sample. */
    static DataFolder of(Path folder, ModelSpec spec, Recipe recipe) {
        return new DataFolder(folder, spec.inputs().get(0).shape(), recipe);
    }

    /**
     * The part to train on.
     *
     * @throws FoveaException where it is not there, is damaged, or the folder holds no data of a kind known
     */
    DataSet training() throws FoveaException {
        return switch (kind()) {
            case IDX -> IdxPictures.train(folder, numberedClasses());
            case CIFAR -> CifarPictures.train(folder);
            case TABLES -> CsvTable.read(folder.resolve("train.csv"), input, List.of());
            case PARTS -> pictures(folder.resolve("train"), List.of());
            case CLASSES ->
                Split.of(pictures(folder, List.of()), HELD_BACK, SPLIT_SEED).training();
        };
    }

    /** The part to test on, likewise. */
    DataSet test() throws FoveaException {
        return testIfPresent()
                .orElseThrow(() -> InputException.of(folder, "there is no test part: looked for " + testNames()));
    }

    /** The part to test on, where there is one. */
    Optional<DataSet> testIfPresent() throws FoveaException {
        switch (kind()) {
            case IDX -> {
                return anyStartsWith(folder, "t10k-")
                        ? Optional.of(IdxPictures.test(folder, numberedClasses()))
                        : Optional.empty();
            }
            case CIFAR -> {
                boolean there = Files.isRegularFile(folder.resolve("test_batch.bin"))
                        || Files.isRegularFile(folder.resolve("test.bin"));
                return there ? Optional.of(CifarPictures.test(folder)) : Optional.empty();
            }
            case TABLES -> {
                Path table = folder.resolve("test.csv");
                return Files.isRegularFile(table)
                        ? Optional.of(CsvTable.read(table, input, classes(training())))
                        : Optional.empty();
            }
            case PARTS -> {
                for (String name : TEST_FOLDERS) {
                    if (Files.isDirectory(folder.resolve(name))) {
                        List<String> classes = PictureFolder.classes(folder.resolve("train"));
                        return Optional.of(pictures(folder.resolve(name), classes));
                    }
                }
                return Optional.empty();
            }
            case CLASSES -> {
                return Optional.of(Split.of(pictures(folder, List.of()), HELD_BACK, SPLIT_SEED)
                        .held());
            }
        }
        throw new IllegalStateException("a kind of data without a test part");
    }

    /** What the classes of a data set are called, in order; empty where it has none. */
    static List<String> classes(DataSet data) {
        return data.fields().stream()
                .filter(Field.Classes.class::isInstance)
                .map(field -> ((Field.Classes) field).names())
                .findFirst()
                .orElse(List.of());
    }

    /** What a folder of data holds. */
    enum Kind {
        IDX,
        CIFAR,
        TABLES,
        PARTS,
        CLASSES
    }

    private Kind kind() throws FoveaException {
        return kind(folder);
    }

    /**
     * Which kind of data a folder holds.
     *
     * @throws FoveaException where it is none that is known
     */
    static Kind kind(Path folder) throws FoveaException {
        if (!Files.isDirectory(folder)) {
            throw InputException.of(folder, Files.exists(folder) ? "this is not a folder" : "there is no such folder");
        }
        if (anyStartsWith(folder, "train-images") || anyStartsWith(folder, "t10k-images")) {
            return Kind.IDX;
        }
        if (CifarPictures.isIn(folder)) {
            return Kind.CIFAR;
        }
        if (Files.isRegularFile(folder.resolve("train.csv"))) {
            return Kind.TABLES;
        }
        if (Files.isDirectory(folder.resolve("train")) && PictureFolder.isIn(folder.resolve("train"))) {
            return Kind.PARTS;
        }
        if (PictureFolder.isIn(folder)) {
            return Kind.CLASSES;
        }
        throw InputException.of(
                folder,
                "there are no data of a known kind in this folder",
                "MNIST's: train-images-idx3-ubyte and train-labels-idx1-ubyte, .gz or not",
                "CIFAR's binary form: data_batch_1.bin …, or train.bin",
                "tables: train.csv, and test.csv",
                "pictures: train/CLASS/… and test/CLASS/…, or CLASS/…, in files that end in .jpg, .jpeg, .png, .bmp,"
                        + " .gif");
    }

    private static String testNames() {
        return "t10k-images-idx3-ubyte, test_batch.bin, test.bin, test.csv, " + String.join(", ", TEST_FOLDERS);
    }

    /** Whether a file in a folder has a name that begins so. */
    static boolean anyStartsWith(Path folder, String start) throws FoveaException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(start));
        } catch (IOException e) {
            throw InputException.from(folder, "list the folder", e);
        }
    }

    private PictureFolder pictures(Path part, List<String> classes) throws FoveaException {
        Preparation preparation = preparation(input, Optional.of(recipe));
        return classes.isEmpty()
                ? PictureFolder.open(part, preparation.shape(), preparation.shorter())
                : PictureFolder.open(part, preparation.shape(), preparation.shorter(), classes);
    }

    /** What becomes of a picture of any size before the augmentations, the same when training, testing and predicting. */
    static Preparation preparation(Shape input, Optional<Recipe> recipe) {
        boolean margin = recipe.stream()
                .flatMap(chosen -> chosen.phases().stream())
                .flatMap(phase -> phase.augmentations().values().stream())
                .flatMap(List::stream)
                .anyMatch(augmentation -> augmentation.cutsFromLarger());
        Shape shape = input;
        if (margin && input.rank() == 3) {
            shape = Shape.of(input.channels(), larger(input.height()), larger(input.width()));
        }
        int shorter = shape.rank() == 3 ? Math.max(shape.height(), shape.width()) : 1;
        return new Preparation(shape, shorter);
    }

    private static int larger(int side) {
        return Math.max(side + 1, Math.round((float) side * MARGIN_TO / MARGIN_FROM));
    }

    /** MNIST's files do not name the classes: as many numbers as the recipe's target has, else as many as a byte can say. */
    private List<String> numberedClasses() {
        int count = recipe.targets().stream()
                .flatMap(target -> target.classes().stream())
                .findFirst()
                .orElse(256);
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
