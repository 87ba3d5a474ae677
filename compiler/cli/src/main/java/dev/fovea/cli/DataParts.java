package dev.fovea.cli;

import dev.fovea.images.PictureFolder;
import dev.fovea.images.PicturePart;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.ArrayDataSet;
import dev.fovea.runtime.data.CheckedPart;
import dev.fovea.runtime.data.CifarPictures;
import dev.fovea.runtime.data.CsvTable;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.IdxPictures;
import dev.fovea.runtime.data.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The parts of a folder of data, without a model that says what they are for. */
final class DataParts {
    /** As many as a label of MNIST's files can say. */
    private static final List<String> ANY_LABEL =
            IntStream.range(0, 256).mapToObj(Integer::toString).toList();

    private final Path folder;

    DataParts(Path folder) {
        this.folder = folder;
    }

    /**
     * All parts, the one to train on first.
     *
     * @throws FoveaException where the folder holds no data of a kind known, or a file is damaged as a whole
     */
    List<CheckedPart> all() throws FoveaException {
        return switch (DataFolder.kind(folder)) {
            case IDX -> idx();
            case CIFAR -> cifar();
            case TABLES -> tables();
            case PARTS -> pictures();
            case CLASSES -> List.of(new PicturePart("all", folder, PictureFolder.classes(folder)));
        };
    }

    private List<CheckedPart> idx() throws FoveaException {
        List<DataSet> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (DataFolder.anyStartsWith(folder, "train-images")) {
            found.add(IdxPictures.train(folder, ANY_LABEL));
            names.add("train");
        }
        if (DataFolder.anyStartsWith(folder, "t10k-images")) {
            found.add(IdxPictures.test(folder, ANY_LABEL));
            names.add("test");
        }
        int classes = 1;
        for (DataSet data : found) {
            Sample sample = Sample.of(data);
            for (int i = 0; i < data.size(); i++) {
                data.read(i, sample);
                classes = Math.max(classes, 1 + (int) sample.array(1)[sample.offset(1)]);
            }
        }
        List<CheckedPart> parts = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            parts.add(CheckedPart.of(names.get(i), found.get(i), ANY_LABEL.subList(0, classes)));
        }
        return parts;
    }

    private List<CheckedPart> cifar() throws FoveaException {
        List<CheckedPart> parts = new ArrayList<>();
        parts.add(CheckedPart.of("train", CifarPictures.train(folder)));
        if (Files.isRegularFile(folder.resolve("test_batch.bin")) || Files.isRegularFile(folder.resolve("test.bin"))) {
            parts.add(CheckedPart.of("test", CifarPictures.test(folder)));
        }
        return parts;
    }

    private List<CheckedPart> tables() throws FoveaException {
        Path train = folder.resolve("train.csv");
        Path test = folder.resolve("test.csv");
        Shape row = Shape.of(numbers(train));
        ArrayDataSet training = CsvTable.read(train, row, List.of());
        List<CheckedPart> parts = new ArrayList<>(List.of(CheckedPart.of("train", training)));
        if (Files.isRegularFile(test)) {
            parts.add(CheckedPart.of("test", CsvTable.read(test, row, DataFolder.classes(training))));
        }
        return parts;
    }

    /** The columns beside the label. */
    private static int numbers(Path table) throws FoveaException {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.UTF_8)) {
            String header = lines.readLine();
            return header == null ? 1 : Math.max(1, header.split(",", -1).length - 1);
        } catch (IOException e) {
            throw InputException.from(table, "read the table", e);
        }
    }

    private List<CheckedPart> pictures() throws FoveaException {
        List<String> classes = PictureFolder.classes(folder.resolve("train"));
        List<CheckedPart> parts = new ArrayList<>();
        parts.add(new PicturePart("train", folder.resolve("train"), classes));
        for (String name : DataFolder.TEST_FOLDERS) {
            if (Files.isDirectory(folder.resolve(name))) {
                parts.add(new PicturePart(name, folder.resolve(name), classes));
            }
        }
        return parts;
    }
}
