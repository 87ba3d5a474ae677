package dev.fovea.cli;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.kernels.DeviceException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a message and a status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException fault, String[] arguments) {
        CommandLine at = fault.getCommandLine();
        console.message("error: " + describe(fault));
        console.message("  = help: `" + at.getCommandSpec().qualifiedName() + " --help` lists what there is");
        return ExitStatus.USAGE;
    }

    @Override
    public int handleExecutionException(Exception fault, CommandLine at, ParseResult parsed) {
        return report(fault, parsed.originalArgs().contains("--debug"));
    }

    /** Says what went wrong; returns the status. */
    int report(Throwable fault, boolean trace) {
        if (trace) {
            fault.printStackTrace(console.err());
        }
        if (fault instanceof FaultyInputException faulty) {
            console.message(faulty.message());
            return ExitStatus.INPUT;
        }
        if (fault instanceof FoveaException known) {
            console.message(known.describe());
            return known instanceof UsageException ? ExitStatus.USAGE : ExitStatus.INPUT;
        }
        if (fault instanceof DeviceException device) {
            console.message("error: " + device.getMessage());
            return ExitStatus.INPUT;
        }
        if (fault instanceof OutOfMemoryError) {
            console.message("error: the memory of the Java machine is used up: " + fault.getMessage());
            console.message("  = help: use a smaller batch, or raise the limit with FOVEA_JAVA_OPTIONS=-Xmx16g");
            return ExitStatus.INPUT;
        }
        console.message("fovea: a defect of ours stopped this command, not a fault of yours: " + fault);
        if (!trace) {
            console.message("  = help: run it again with `--debug` for the stack trace, and send us that");
        }
        return ExitStatus.DEFECT;
    }

    private static String describe(ParameterException fault) {
        CommandLine at = fault.getCommandLine();
        // An unknown option is the likelier cause of a missing one.
        List<String> unmatched = at.getUnmatchedArguments();
        if (fault instanceof UnmatchedArgumentException || !unmatched.isEmpty()) {
            return describe(new UnmatchedArgumentException(at, unmatched));
        }
        String message = String.valueOf(fault.getMessage()).replace('\'', '`');
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String describe(UnmatchedArgumentException fault) {
        String word = fault.getUnmatched().get(0);
        List<String> nearest = fault.getSuggestions();
        String offer = nearest.isEmpty() ? "" : "; did you mean `" + String.join("` or `", nearest) + "`?";
        if (fault.isUnknownOption()) {
            return "there is no option `" + word + "`" + offer;
        }
        boolean isCommand = !fault.getCommandLine().getSubcommands().isEmpty();
        return isCommand
                ? "there is no command `" + word + "`" + offer
                : "there is one argument too many: `" + word + "`";
    }
}
