package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.parse.Parser;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which files of a project a change to some of them reaches: those that import them, directly or through others. A recipe for
 * an imported model becomes part of that model's class, so there a change reaches the other way, too.
 */
public final class FileDependencies {
    private final List<File> files = new ArrayList<>();

    /**
     * A file.
     *
     * @param imports the packages it imports from
     * @param trainsImported whether it holds a recipe for a model that it does not declare
     */
    private record File(StoredFile stored, String packageName, Set<String> imports, boolean trainsImported) {
        private String path() {
            return stored.path();
        }
    }

    private FileDependencies() {}

    /** The dependencies among files; faults in them are not reported. */
    public static FileDependencies of(List<StoredFile> files) {
        FileDependencies dependencies = new FileDependencies();
        for (StoredFile file : files) {
            dependencies.files.add(read(file, Parser.parse(file.path(), file.bytes(), new DiagnosticSink())));
        }
        return dependencies;
    }

    private static File read(StoredFile stored, SyntaxFile file) {
        Set<String> imports =
                file.imports().stream().map(one -> one.from().toString()).collect(Collectors.toSet());
        Set<String> models = new HashSet<>();
        Set<String> trained = new HashSet<>();
        for (Declaration declaration : file.declarations()) {
            if (declaration instanceof Declaration.Model model) {
                models.add(model.name().name());
            } else if (declaration instanceof Declaration.ModelInstance model) {
                models.add(model.name().name());
            } else if (declaration instanceof Declaration.Train recipe) {
                trained.add(recipe.model().name());
            }
        }
        String name = file.packageName().map(Object::toString).orElse("");
        return new File(stored, name, imports, !models.containsAll(trained));
    }

    /** The package of each file by its path; empty for none. */
    public Map<String, String> packages() {
        Map<String, String> packages = new LinkedHashMap<>();
        files.forEach(file -> packages.put(file.path(), file.packageName()));
        return packages;
    }

    /** The paths of the files that a change to those of these paths reaches, themselves included. */
    public Set<String> reached(Set<String> changed) {
        Set<File> reached = new LinkedHashSet<>();
        files.stream().filter(file -> changed.contains(file.path())).forEach(reached::add);
        boolean grows = true;
        while (grows) {
            Set<File> next = new LinkedHashSet<>(reached);
            for (File one : reached) {
                files.stream().filter(file -> reaches(one, file)).forEach(next::add);
            }
            grows = next.size() > reached.size();
            reached = next;
        }
        return reached.stream().map(File::path).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean reaches(File changed, File other) {
        return other.imports().contains(changed.packageName())
                || (changed.trainsImported() && changed.imports().contains(other.packageName()));
    }

    /** The files by their packages, for a check that is given some of them only. */
    public Library library() {
        return new Library() {
            @Override
            public Optional<StoredFile> find(String packageName) {
                return files.stream()
                        .filter(file -> file.packageName().equals(packageName))
                        .map(File::stored)
                        .findFirst();
            }

            @Override
            public List<String> siblings(String packageName) {
                return files.stream().map(File::packageName).sorted().toList();
            }
        };
    }
}
