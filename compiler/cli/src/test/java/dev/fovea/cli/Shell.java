package dev.fovea.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the commands of a page in this process as if it stood in a folder, and tells what a terminal would show. */
final class Shell {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|\\S+");

    /** What follows these options is a path. */
    private static final Set<String> PATHS = Set.of(
            "--out", "--data", "-d", "--in", "--weights", "--source-root", "--init-from", "--against", "--index");

    private static final Pattern FILE = Pattern.compile("[^-=]*\\.[a-z]+|.*/.*");

    private final Path folder;
    private int status;

    Shell(Path folder) {
        this.folder = folder;
    }

    /** A transcript with the commands of another one; lines that end with a backslash go on in the next. */
    String type(String transcript) {
        StringBuilder text = new StringBuilder();
        List<String> lines = transcript.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("$ ")) {
                StringBuilder command = new StringBuilder();
                text.append(lines.get(i)).append('\n');
                command.append(lines.get(i).substring(2));
                while (command.charAt(command.length() - 1) == '\\') {
                    i++;
                    text.append(lines.get(i)).append('\n');
                    command.setLength(command.length() - 1);
                    command.append(lines.get(i));
                }
                text.append(run(command.toString()));
            }
        }
        return text.toString();
    }

    private String run(String command) {
        if (command.equals("echo $?")) {
            return status + "\n";
        }
        List<String> words = words(command);
        if (!words.get(0).equals("fovea")) {
            throw new AssertionError("neither `fovea` nor `echo $?`: " + command);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        status = Main.run(
                new Console(terminal, terminal, false, false), Call.MACHINE, placed(words.subList(1, words.size())));
        String text = bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        return text.replace(folder + "/", "").replaceAll("(?m) +$", "");
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group());
        }
        return words;
    }

    /** The arguments, with what is a path seen from the folder. */
    private List<String> placed(List<String> words) {
        List<String> placed = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            boolean isPath = FILE.matcher(words.get(i)).matches() || (i > 0 && PATHS.contains(words.get(i - 1)));
            placed.add(isPath ? folder.resolve(words.get(i)).toString() : words.get(i));
        }
        return placed;
    }
}
