package dev.fovea.cli;

import dev.fovea.runtime.simd.ScalarSimd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A call of the command with what it printed. */
record Call(List<String> arguments, int status, String out, String err) {
    /** What memory is counted for in tests, whichever machine they run on. */
    static final Machine MACHINE = new Machine(2, ScalarSimd::new);

    /** Runs the command in this process. */
    static Call of(Object... arguments) {
        List<String> words = Arrays.stream(arguments).map(Object::toString).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int status = Main.run(console, MACHINE, words);
        return new Call(words, status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** As it would look in a terminal. */
    String transcript() {
        StringBuilder text = new StringBuilder("$ fovea ")
                .append(String.join(" ", arguments))
                .append('\n');
        text.append(out);
        if (!err.isEmpty()) {
            text.append("---- standard error ----\n").append(err);
        }
        return text.append("---- exit status ")
                .append(status)
                .append(" ----\n")
                .toString()
                .replace("\r\n", "\n");
    }
}
