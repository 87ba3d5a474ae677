package dev.fovea.maven;

import java.io.IOException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Checks the {@code .cnn} files and writes nothing: for projects whose models are compiled elsewhere. */
@Mojo(
        name = "check",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
public final class CheckMojo extends CnnMojo {
    @Override
    void run(CnnSources sources) throws IOException, MojoFailureException {
        shown(sources.check());
        int count = sources.files().size();
        getLog().info((count == 1 ? "1 file" : count + " files") + " checked");
    }
}
