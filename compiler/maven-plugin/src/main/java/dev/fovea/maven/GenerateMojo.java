package dev.fovea.maven;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.emit.ModelEmitter;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.compiler.resolve.SourceRoots;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Generates a Java class for each model of the {@code .cnn} files, and packs the files themselves under {@code META-INF/cnn},
 * where projects that depend on this one can import from them. A change to a file makes the classes of its models anew, and
 * those of files that import it; where nothing has changed it does nothing.
 */
@Mojo(
        name = "generate",
        defaultPhase = LifecyclePhase.GENERATE_SOURCES,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
public final class GenerateMojo extends CnnMojo {
    /** The root of the generated sources. */
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/fovea")
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private File outputDirectory;

    /** The models that become classes, with their packages; all of them when empty. The others are only checked. */
    @Parameter
    private List<String> models = List.of();

    @Parameter(defaultValue = "${project.build.directory}", readonly = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private File buildDirectory;

    @Parameter(defaultValue = "${plugin}", readonly = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private PluginDescriptor plugin;

    @Override
    void run(CnnSources sources) throws IOException, MojoFailureException {
        project().addCompileSourceRoot(outputDirectory.getPath());
        project().addResource(resource());
        Path record = buildDirectory.toPath().resolve("fovea").resolve("generated.txt");
        GeneratedFiles files = new GeneratedFiles(outputDirectory.toPath(), record);
        String environment = sources.environment(compilerVersion() + " " + models);
        Map<String, GenerationRecord.Source> now = sources.facts();
        Optional<GenerationRecord> previous = files.previous(environment);
        if (previous.map(GenerationRecord::sources).filter(now::equals).isPresent()) {
            getLog().info("nothing has changed");
            return;
        }
        Changes changes = previous.flatMap(last -> Changes.between(last, now, sources.dependenciesAmongFiles()))
                .orElseGet(() -> Changes.all(now.keySet()));
        CheckResult result =
                shown(changes.reached().equals(now.keySet()) ? sources.check() : sources.check(changes.reached()));
        List<GeneratedFiles.FromFile> generated = new ChosenModels(models)
                .of(result.models(), changes.keptClasses()).stream()
                        .map(graph -> new GeneratedFiles.FromFile(graph.file(), ModelEmitter.emit(Planner.plan(graph))))
                        .toList();
        int written = files.replace(environment, now, changes.kept(), generated);
        int kept = changes.kept().size();
        getLog().info("generated " + (generated.size() == 1 ? "1 class" : generated.size() + " classes") + ", "
                + written + " changed"
                + (kept == 0 ? "" : "; " + kept + " not looked at, for nothing they depend on has changed"));
    }

    /** A snapshot keeps its version while it changes, so the time of the newest of its files counts too. */
    private String compilerVersion() throws IOException {
        long newest = 0;
        for (Artifact artifact : plugin.getArtifacts()) {
            if (artifact.getFile() == null) {
                continue;
            }
            try (Stream<Path> files = Files.walk(artifact.getFile().toPath())) {
                for (Path file : files.toList()) {
                    newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
                }
            }
        }
        return plugin.getVersion() + " " + newest;
    }

    private Resource resource() {
        Resource resource = new Resource();
        resource.setDirectory(sourceDirectory().getPath());
        resource.setTargetPath(SourceRoots.FOLDER_IN_JAR);
        resource.addInclude("**/*.cnn");
        return resource;
    }
}
