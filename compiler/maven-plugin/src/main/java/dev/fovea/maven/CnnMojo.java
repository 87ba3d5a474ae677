package dev.fovea.maven;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.diagnostics.TextRenderer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.NullUnmarked;

/** What both goals share: the project's files, and how faults are shown. */
@NullUnmarked // Maven sets the fields
abstract class CnnMojo extends AbstractMojo {
    /** The project that is built. */
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    protected MavenProject project;

    /** Where the {@code .cnn} files are. */
    @Parameter(property = "fovea.sourceDirectory", defaultValue = "${basedir}/src/main/cnn")
    protected File sourceDirectory;

    /** Whether to do nothing. */
    @Parameter(property = "fovea.skip", defaultValue = "false")
    protected boolean skip;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("fovea is skipped");
            return;
        }
        try {
            execute(cnn());
        } catch (IOException e) {
            throw new MojoExecutionException("cannot read or write: " + e.getMessage(), e);
        }
    }

    abstract void execute(CnnProject cnn) throws IOException, MojoFailureException;

    private CnnProject cnn() {
        List<Path> dependencies = project.getArtifacts().stream()
                .map(Artifact::getFile)
                .filter(file -> file != null)
                .map(File::toPath)
                .toList();
        return new CnnProject(project.getBasedir().toPath(), sourceDirectory.toPath(), dependencies);
    }

    /**
     * Logs all diagnostics.
     *
     * @throws MojoFailureException when there are errors: a fault of the project, shown without a stack trace
     */
    final void show(CheckResult result) throws MojoFailureException {
        for (Diagnostic diagnostic : result.diagnostics()) {
            String text = TextRenderer.plain().render(diagnostic).stripTrailing();
            if (diagnostic.severity() == Severity.ERROR) {
                getLog().error(text);
            } else {
                getLog().warn(text);
            }
        }
        long errors = result.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .count();
        if (errors > 0) {
            throw new MojoFailureException(count(errors, "error", "errors") + " in the .cnn files");
        }
    }

    static String count(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
