package dev.fovea.maven;

import dev.fovea.compiler.resolve.Library.StoredFile;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Checks the {@code .cnn} files of the project and writes nothing. */
@Mojo(
        name = "check",
        defaultPhase = LifecyclePhase.VALIDATE,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
public final class CheckMojo extends CnnMojo {
    @Override
    void execute(CnnProject cnn) throws IOException, MojoFailureException {
        List<StoredFile> files = cnn.files();
        show(cnn.check(files));
        getLog().info(count(files.size(), "file", "files") + " checked");
    }
}
