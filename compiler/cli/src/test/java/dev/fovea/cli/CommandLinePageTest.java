package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.cli.MarkdownPage.Block;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command has a section on the page of the command line, with its help and an example. */
class CommandLinePageTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) +[A-Z].*$");
    private static final MarkdownPage PAGE =
            MarkdownPage.read(MarkdownPage.ROOT.resolve("compiler/docs/command-line.md"));

    /** As {@code fovea --help} lists them. */
    static List<String> commands() {
        String help = Call.of("--help").out();
        return COMMAND.matcher(help.substring(help.indexOf("Commands:")))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void thereAreCommands() {
        assertThat(commands()).contains("check", "summary", "train", "explain");
    }

    /** What the help prints is compared by {@link DocumentationTest}, so a new option cannot be missed. */
    @ParameterizedTest
    @MethodSource("commands")
    void aCommandHasItsHelpAndAnExample(String command) {
        assertThat(PAGE.text()).contains("\n## `fovea " + command + "`\n");
        List<String> typed = PAGE.blocks().stream()
                .filter(block -> block.language().equals("console"))
                .map(Block::text)
                .flatMap(String::lines)
                .filter(line -> line.startsWith("$ fovea " + command + " ") || line.equals("$ fovea " + command))
                .toList();
        assertThat(typed).contains("$ fovea " + command + " --help").hasSizeGreaterThanOrEqualTo(2);
    }
}
