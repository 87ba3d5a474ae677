package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.CheckedPart;
import dev.fovea.runtime.data.DataCheck;
import dev.fovea.runtime.data.DataReport;
import dev.fovea.runtime.data.DataReport.Duplicates;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data check}: what is wrong with a data set, and its mean and deviation. */
@Command(
        name = "check",
        description = "Finds pictures that cannot be read, equal pictures, empty classes and wrong labels; counts the"
                + " classes; works out mean and deviation. Exit status 1 where something must be mended.")
final class DataCheckCommand implements Callable<Integer> {
    /** The file in the folder of the data that keeps what was worked out. */
    static final String FILE = DataFigures.FILE;

    private final Console console;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(names = "--no-store", description = "Do not write " + FILE + " with mean and deviation into the folder.")
    private boolean noStore;

    @Parameters(paramLabel = "DIR", description = "Folder with data; see `fovea train --help`.")
    @SuppressWarnings("NullAway.Init") // required
    private Path folder;

    DataCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        List<CheckedPart> parts = new DataParts(folder).all();
        DataReport report = DataCheck.of(parts);
        if (format.json()) {
            JsonWriter json = new JsonWriter();
            DataReportText.write(json, report);
            console.out().println(json);
        } else {
            print(report);
        }
        if (report.statistics().isPresent() && !noStore) {
            store(DataFigures.of(parts.get(0), report.statistics().get()));
        }
        return report.hasFaults() ? ExitStatus.INPUT : ExitStatus.OK;
    }

    private void print(DataReport report) {
        for (DataReport.Part part : report.parts()) {
            console.out().print(DataReportText.balance(part));
        }
        list(
                "samples at fault",
                report.faults().stream()
                        .map(fault -> fault.place() + ": " + fault.message())
                        .toList());
        groups(report, "groups of equal samples with different labels", Duplicates::isContradiction);
        groups(
                report,
                "groups of equal samples in more than one part, so that a test says little",
                group -> group.isAcrossParts() && !group.isContradiction());
        groups(
                report,
                "groups of equal samples of one part and label (no fault, but they count double)",
                group -> !group.isAcrossParts() && !group.isContradiction());
        report.statistics().ifPresent(statistics -> console.out()
                .println("of the part `" + report.parts().get(0).name() + "`, for a recipe:\n  augment image -> "
                        + DataReportText.normalize(statistics)));
        console.out().println(report.hasFaults() ? "there is something to mend" : "nothing to mend");
    }

    private void groups(DataReport report, String title, Predicate<Duplicates> which) {
        list(
                title,
                report.duplicates().stream()
                        .filter(which)
                        .map(group -> group.places().stream()
                                .map(place -> place.place() + " (" + place.label() + ")")
                                .collect(Collectors.joining(" = ")))
                        .toList());
    }

    private void list(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        console.out().println(lines.size() + " " + title);
        int shown = Math.min(DataReportText.MOST_SHOWN, lines.size());
        lines.subList(0, shown).forEach(line -> console.out().println("  " + line));
        if (shown < lines.size()) {
            console.out().println("  and " + (lines.size() - shown) + " more; --format json has all");
        }
    }

    /** What was worked out stays with the data; a folder that cannot be written is no fault of theirs. */
    private void store(DataFigures figures) {
        try {
            figures.write(folder);
            if (!format.json()) {
                console.out().println("stored in " + folder.resolve(FILE));
            }
        } catch (InputException e) {
            console.message(String.format(Locale.ROOT, "warning: %s: %s", e.place(), e.message()));
        }
    }
}
