package dev.fovea.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea data}: what is done to data sets; by itself it does nothing. */
@Command(
        name = "data",
        description = "Looks at data sets: `fovea data check DIR`.",
        synopsisSubcommandLabel = "COMMAND")
final class DataCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The command with those below it. */
    static CommandLine of(Console console) {
        return new CommandLine(new DataCommand()).addSubcommand(new DataCheckCommand(console));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing: check");
    }
}
