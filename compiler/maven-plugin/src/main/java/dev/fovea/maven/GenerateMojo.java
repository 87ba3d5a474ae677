package dev.fovea.maven;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.emit.GeneratedSource;
import dev.fovea.compiler.emit.ModelEmitter;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.NullUnmarked;

/**
 * Generates a Java class for each concrete model of the project, and packs the {@code .cnn} files for those who import
 * them. Does nothing when nothing has changed; deletes what has no source any more.
 */
@Mojo(
        name = "generate",
        defaultPhase = LifecyclePhase.GENERATE_SOURCES,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
@NullUnmarked // Maven sets the fields
public final class GenerateMojo extends CnnMojo {
    /** Where the Java sources go. */
    @Parameter(property = "fovea.outputDirectory", defaultValue = "${project.build.directory}/generated-sources/fovea")
    private File outputDirectory;

    /** What was made from what. */
    @Parameter(defaultValue = "${project.build.directory}/fovea/generated.txt", readonly = true)
    private File record;

    /** This plugin: another version may generate other sources. */
    @Parameter(defaultValue = "${plugin}", readonly = true)
    private PluginDescriptor plugin;

    @Override
    void execute(CnnProject cnn) throws IOException, MojoFailureException {
        project.addCompileSourceRoot(outputDirectory.getPath());
        List<StoredFile> files = cnn.files();
        if (!files.isEmpty()) {
            packSources();
        }
        GeneratedFiles generated = new GeneratedFiles(outputDirectory.toPath(), record.toPath());
        String fingerprint = cnn.fingerprint(files, pluginVersion());
        if (generated.isFresh(fingerprint)) {
            getLog().info("nothing has changed");
            return;
        }
        CheckResult result = cnn.check(files);
        show(result);
        List<GeneratedSource> sources = new ArrayList<>();
        for (Graph model : result.models()) {
            sources.add(ModelEmitter.emit(Planner.plan(model)));
        }
        generated.replace(fingerprint, sources);
        getLog().info("generated " + count(sources.size(), "class", "classes"));
    }

    private void packSources() {
        Resource resource = new Resource();
        resource.setDirectory(sourceDirectory.getPath());
        resource.setTargetPath(SourceRoots.FOLDER_IN_JAR);
        resource.addInclude("**/*.cnn");
        project.addResource(resource);
    }

    /** A snapshot's version says nothing: its file's time does. */
    private String pluginVersion() throws IOException {
        File file = plugin.getPluginArtifact().getFile();
        long time = file == null ? 0 : Files.getLastModifiedTime(file.toPath()).toMillis();
        return plugin.getVersion() + " " + time;
    }
}
