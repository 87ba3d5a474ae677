package dev.fovea.images;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.CheckedPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Folders of pictures, one a class, to be looked at: each picture in its own size and in colour. */
public final class PicturePart implements CheckedPart {
    private final String name;
    private final Path folder;
    private final List<String> classes;
    private final List<Path> files = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    /**
     * The pictures below a folder.
     *
     * @param classes those that there are to be; pictures in other folders are at fault
     * @throws InputException where a folder cannot be listed
     */
    public PicturePart(String name, Path folder, List<String> classes) throws InputException {
        this.name = name;
        this.folder = folder;
        this.classes = List.copyOf(classes);
        for (String found : PictureFolder.classes(folder)) {
            for (Path file : PictureFolder.pictures(folder.resolve(found))) {
                files.add(file);
                labels.add(classes.indexOf(found));
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public String place(int index) {
        return files.get(index).toString();
    }

    /** Of the classes, and of the names and sizes of all files. */
    @Override
    public String fingerprint() throws InputException {
        return PictureFolder.fingerprint(classes.toString(), folder, files);
    }

    @Override
    public Content read(int index) throws InputException {
        Picture picture = PictureFile.read(files.get(index), 3);
        return new Content(labels.get(index), Shape.of(3, picture.height(), picture.width()), picture.values());
    }
}
