package dev.fovea.cli;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.format.Formatter;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea fmt}: files in the one layout. */
@Command(
        name = "fmt",
        description = {
            "Lays out .cnn files in the one canonical layout. Meaning and comments are kept.",
            "A file with faults of syntax is left alone, and what is wrong with it is said."
        })
final class FmtCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "The .cnn files, or folders with .cnn files in them.")
    private List<Path> files = List.of();

    @Option(
            names = "--check",
            description = "Change nothing; show what would change, and end with status 1 if anything would.")
    private boolean check;

    FmtCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        List<Diagnostic> faults = new ArrayList<>();
        List<Path> changed = new ArrayList<>();
        int unreadable = 0;
        for (Path file : all()) {
            try {
                if (format(file, faults)) {
                    changed.add(file);
                }
            } catch (InputException unusable) {
                console.message(unusable.describe());
                unreadable++;
            }
        }
        console.out().flush();
        console.err().print(SourceOptions.renderer(console.errIsTerminal()).render(faults));
        if (!faults.isEmpty()) {
            console.message(SourceOptions.count(faults) + "; files with errors are left as they are");
        }
        changed.forEach(file -> console.message((check ? "would lay out " : "laid out ") + file));
        boolean fine = faults.isEmpty() && unreadable == 0 && (!check || changed.isEmpty());
        return fine ? ExitStatus.OK : ExitStatus.INPUT;
    }

    private Set<Path> all() throws InputException {
        Set<Path> all = new LinkedHashSet<>();
        for (Path file : files) {
            if (!Files.isDirectory(file)) {
                all.add(file);
                continue;
            }
            try (Stream<Path> found = Files.walk(file)) {
                found.filter(path -> path.toString().endsWith(".cnn")).sorted().forEach(all::add);
            } catch (IOException failed) {
                throw InputException.from(file, "list the folder", failed);
            }
        }
        return all;
    }

    /** Lays out a file; tells whether its layout was another. */
    private boolean format(Path file, List<Diagnostic> faults) throws InputException {
        String shown = file.toString().replace('\\', '/');
        byte[] before = read(file);
        DiagnosticSink sink = new DiagnosticSink();
        Optional<String> formatted = Formatter.format(shown, before, sink);
        faults.addAll(sink.diagnostics());
        byte[] after = formatted.orElse("").getBytes(StandardCharsets.UTF_8);
        if (formatted.isEmpty() || Arrays.equals(before, after)) {
            return false;
        }
        if (check) {
            console.out()
                    .print(UnifiedDiff.of(shown, new String(before, StandardCharsets.UTF_8), formatted.orElseThrow()));
        } else {
            AtomicFile.write(file, channel -> {
                ByteBuffer left = ByteBuffer.wrap(after);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
            });
        }
        return true;
    }

    private static byte[] read(Path file) throws InputException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw InputException.from(file, "read the file", failed);
        }
    }
}
