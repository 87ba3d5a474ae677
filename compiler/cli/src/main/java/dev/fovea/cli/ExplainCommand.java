package dev.fovea.cli;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.compiler.resolve.Warnings;
import dev.fovea.runtime.FoveaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea explain}: the page of a diagnostic's code. */
@Command(name = "explain", description = "Explains a diagnostic at length: what it means, an example, the mend.")
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "CODE",
            description = "As in brackets behind `error`: CNN0301; or a word of `@allow`: unread_rows.")
    private String code = "";

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        Code known = Code.of(code)
                .or(() -> Arrays.stream(Code.values())
                        .filter(one -> one.word().equals(code))
                        .findFirst())
                .orElseThrow(this::unknown);
        console.out().print(page(known));
        return ExitStatus.OK;
    }

    private UsageException unknown() {
        List<String> known = new ArrayList<>(Warnings.names());
        if (!code.matches("(?i)CNN\\d{4}")) { // what is no slip of the pen is like many others
            Arrays.stream(Code.values()).map(Code::id).forEach(known::add);
        }
        List<String> help = new ArrayList<>(Nearest.help(code, known));
        help.add("codes look like CNN0301 and stand behind `error` or `warning`");
        return new UsageException("there is no code `" + code + "`", help.toArray(new String[0]));
    }

    private static String page(Code code) {
        try (InputStream page = Code.class.getResourceAsStream(code.id() + ".md")) {
            if (page == null) {
                return code.id() + " (" + code.severity().word() + "): " + code.title() + "\n";
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the page of " + code + " cannot be read", e);
        }
    }
}
