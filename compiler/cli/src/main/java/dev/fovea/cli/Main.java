package dev.fovea.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The entry point: hands the arguments to the subcommand that they name. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its status. */
    public static void main(String[] arguments) {
        // Always UTF-8: messages have ×, − and names in them, and JSON is UTF-8 by definition.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setErr(err);
        Console console = new Console(
                out, err, Boolean.getBoolean("fovea.out.terminal"), Boolean.getBoolean("fovea.err.terminal"));
        int status = run(console, List.of(arguments));
        out.flush();
        System.exit(status);
    }

    /** Runs a command; returns its {@link ExitStatus}. */
    public static int run(Console console, List<String> arguments) {
        return run(console, Machine.here(), arguments);
    }

    /** The same, with memory counted for another machine. */
    static int run(Console console, Machine machine, List<String> arguments) {
        LogLines.sendTo(console.err(), arguments.contains("--debug"));
        CommandLine line = new CommandLine(new FoveaCommand());
        Map<String, Function<Console, Object>> commands = commands(machine);
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        // Reading the annotations of all commands takes longer than most commands run.
        boolean isKnown = commands.containsKey(first);
        commands.forEach((name, command) -> {
            if (!isKnown || name.equals(first)) {
                line.addSubcommand(command.apply(console));
            }
        });
        Failures failures = new Failures(console);
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.errIsTerminal() ? Ansi.ON : Ansi.OFF));
        line.registerConverter(Bench.Mode.class, new WordConverter<>(Bench.Mode.class));
        line.registerConverter(CheckCommand.Format.class, new WordConverter<>(CheckCommand.Format.class));
        line.registerConverter(GraphCommand.Format.class, new WordConverter<>(GraphCommand.Format.class));
        line.registerConverter(FormatOption.Format.class, new WordConverter<>(FormatOption.Format.class));
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        int status = execute(line, arguments, failures);
        console.out().flush();
        if (console.out().checkError()) {
            console.message("error: the output could not be written");
            return Math.max(status, ExitStatus.INPUT);
        }
        return status;
    }

    /** What makes each command, by its name, in the order of the help. */
    private static Map<String, Function<Console, Object>> commands(Machine machine) {
        Map<String, Function<Console, Object>> commands = new LinkedHashMap<>();
        commands.put("check", CheckCommand::new);
        commands.put("fmt", FmtCommand::new);
        commands.put("summary", console -> new SummaryCommand(console, machine));
        commands.put("diff", DiffCommand::new);
        commands.put("graph", GraphCommand::new);
        commands.put("compile", CompileCommand::new);
        commands.put("train", TrainCommand::new);
        commands.put("test", TestCommand::new);
        commands.put("predict", PredictCommand::new);
        commands.put("eval", EvalCommand::new);
        commands.put("data", DataCommand::of);
        commands.put("report", ReportCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("devices", DevicesCommand::new);
        commands.put("explain", ExplainCommand::new);
        return commands;
    }

    private static int execute(CommandLine line, List<String> arguments, Failures failures) {
        try {
            return line.execute(arguments.toArray(new String[0]));
        } catch (Error e) { // picocli hands on exceptions only
            return failures.report(e, arguments.contains("--debug"));
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
