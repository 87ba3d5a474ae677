package dev.fovea.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code fovea --version} prints: our version, and the Java that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"fovea " + version + ", Java " + Runtime.version()};
    }
}
