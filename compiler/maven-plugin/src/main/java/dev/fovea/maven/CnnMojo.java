package dev.fovea.maven;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.diagnostics.TextRenderer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What both goals share: where the files are, and how diagnostics are shown. */
abstract class CnnMojo extends AbstractMojo {
    /** The project. */
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private MavenProject project;

    /** The folder of the `.cnn` files. */
    @Parameter(property = "fovea.sourceDirectory", defaultValue = "${project.basedir}/src/main/cnn")
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private File sourceDirectory;

    /** Whether warnings fail the build, as errors do. */
    @Parameter(property = "fovea.failOnWarning", defaultValue = "false")
    private boolean failOnWarning;

    /** Does nothing when true. */
    @Parameter(property = "fovea.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("skipped");
            return;
        }
        try {
            Path base = project.getBasedir().toPath();
            List<Path> dependencies = project.getCompileClasspathElements().stream()
                    .filter(element -> !element.equals(project.getBuild().getOutputDirectory()))
                    .map(Path::of)
                    .toList();
            run(CnnSources.read(base, sourceDirectory.toPath(), dependencies));
        } catch (IOException e) {
            throw new MojoExecutionException("a file cannot be read or written: " + e, e);
        } catch (DependencyResolutionRequiredException e) {
            throw new MojoExecutionException("the dependencies are not resolved: " + e.getMessage(), e);
        }
    }

    /** Does the goal's work. */
    abstract void run(CnnSources sources) throws IOException, MojoFailureException;

    final MavenProject project() {
        return project;
    }

    final File sourceDirectory() {
        return sourceDirectory;
    }

    /**
     * Shows what there is to say of files.
     *
     * @throws MojoFailureException when there are errors
     */
    final CheckResult shown(CheckResult result) throws MojoFailureException {
        TextRenderer renderer = TextRenderer.plain();
        int failures = 0;
        for (Diagnostic diagnostic : result.diagnostics()) {
            boolean fails = diagnostic.severity() == Severity.ERROR
                    || (failOnWarning && diagnostic.severity() == Severity.WARNING);
            failures += fails ? 1 : 0;
            for (String line : renderer.render(diagnostic).split("\n")) {
                switch (diagnostic.severity()) {
                    case ERROR -> getLog().error(line);
                    case WARNING -> getLog().warn(line);
                    case INFO -> getLog().info(line);
                }
            }
        }
        if (failures > 0) {
            throw new MojoFailureException(
                    (failures == 1 ? "1 error" : failures + " errors") + " in the .cnn files; see above");
        }
        return result;
    }
}
