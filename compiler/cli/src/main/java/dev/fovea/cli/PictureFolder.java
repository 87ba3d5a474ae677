package dev.fovea.cli;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.IdxPictures;
import dev.fovea.runtime.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The folder that {@code --data} names: pictures in MNIST's format, a training and a test part. */
final class PictureFolder {
    private final Path folder;
    private final List<String> classes;

    private PictureFolder(Path folder, List<String> classes) {
        this.folder = folder;
        this.classes = classes;
    }

    /**
     * A folder for a recipe, whose class target says how many classes there may be.
     *
     * @throws FoveaException when the recipe has no target that is a class
     */
    static PictureFolder of(Path folder, Recipe recipe) throws FoveaException {
        int count = recipe.targets().stream()
                .flatMap(target -> target.classes().stream())
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        "the recipe has no target that is a class, but pictures in MNIST's format come with one",
                        List.of("declare it: target label: class(10)")));
        return new PictureFolder(
                folder, IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    DataSet training() throws FoveaException {
        return IdxPictures.train(folder, classes);
    }

    DataSet test() throws FoveaException {
        return IdxPictures.test(folder, classes);
    }

    /** The test part, where there is one. */
    Optional<DataSet> testIfPresent() throws FoveaException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.noneMatch(file -> file.getFileName().toString().startsWith("t10k-"))) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(test());
    }
}
