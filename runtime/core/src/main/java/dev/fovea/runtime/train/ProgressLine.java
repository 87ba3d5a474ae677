package dev.fovea.runtime.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Shows a run to people: on a terminal one line that is written over ten times a second, elsewhere a line an epoch.
 *
 * <p>Where a run ends with an exception, {@link #close} ends the line, so that the message begins on its own.
 */
public final class ProgressLine implements TrainingListener, AutoCloseable {
    /** Less than this share of the time is no bottleneck. */
    private static final double NOTEWORTHY = 0.02;

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
    /** To the line's start, with wrapping off: a line longer than the terminal would otherwise leave its copies behind. */
    private static final String REWRITE = "\r\u001b[?7l";

    private static final String ERASE_REST = "\u001b[K\u001b[?7h";

    private final PrintStream out;
    private final boolean terminal;
    private long shown;
    private boolean lineOpen;

    /**
     * @param terminal whether the stream is a terminal, which can go back to the start of a line
     */
    public ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void begin(TrainingOutline outline) {
        int samples = outline.phases().get(0).samples();
        out.printf(
                Locale.ROOT,
                "training %s on %s: %d samples, %d steps%n",
                outline.model(),
                outline.device(),
                samples,
                outline.steps());
    }

    @Override
    public void resumed(List<EpochReport> epochs) {
        out.printf(Locale.ROOT, "going on behind %d %s%n", epochs.size(), epochs.size() == 1 ? "epoch" : "epochs");
    }

    @Override
    public void warning(String message) {
        close();
        out.println("warning: " + message);
    }

    @Override
    public void step(Progress progress) {
        boolean first = progress.epoch() == 1 && progress.step() == 1;
        if (!terminal || (!first && progress.nanoTime() - shown < INTERVAL)) {
            return;
        }
        shown = progress.nanoTime();
        StringBuilder line = new StringBuilder();
        epoch(line, progress.phase().name(), progress.epoch(), progress.phase().epochs());
        line.append(String.format(
                Locale.ROOT,
                "  %d/%d  loss %s",
                progress.step(),
                progress.phase().steps(),
                number(progress.loss())));
        List<String> metrics = progress.metrics();
        for (int i = 0; i < metrics.size(); i++) {
            line.append(String.format(Locale.ROOT, "  %s %.4f", metrics.get(i), progress.metric(i)));
        }
        line.append(speed(progress.samplesPerSecond()));
        line.append("  ").append(clock(progress.secondsLeft())).append(" left");
        out.print(REWRITE + line + ERASE_REST);
        out.flush();
        lineOpen = true;
    }

    @Override
    public void epoch(EpochReport report) {
        StringBuilder line = new StringBuilder();
        epoch(line, report.phase(), report.epoch(), report.epochs());
        score(line, "", report.training());
        report.test().ifPresent(score -> score(line, "test ", score));
        line.append(speed(report.samplesPerSecond()));
        if (report.waitingShare() > NOTEWORTHY) {
            line.append(String.format(Locale.ROOT, "  %.0f %% waiting for data", 100 * report.waitingShare()));
        }
        out.println(terminal ? REWRITE + line + ERASE_REST : line.toString());
        lineOpen = false;
    }

    @Override
    public void end(TrainingReport report) {
        out.println("done in " + clock(report.seconds()));
    }

    @Override
    public void close() {
        if (lineOpen) {
            out.println();
            lineOpen = false;
        }
    }

    private static void epoch(StringBuilder line, String phase, int epoch, int epochs) {
        line.append(phase)
                .append(phase.isEmpty() ? "" : " ")
                .append("epoch ")
                .append(epoch)
                .append('/')
                .append(epochs);
    }

    private static void score(StringBuilder line, String prefix, Score score) {
        line.append("  " + prefix + "loss " + number(score.loss()));
        score.metrics()
                .forEach((name, value) -> line.append(String.format(Locale.ROOT, "  %s%s %.4f", prefix, name, value)));
    }

    /** A run that goes astray has losses of forty digits. */
    private static String number(double loss) {
        return String.format(Locale.ROOT, Math.abs(loss) < 1e6 ? "%.4f" : "%.4g", loss);
    }

    private static String speed(double samplesPerSecond) {
        return String.format(
                Locale.ROOT, samplesPerSecond < 100 ? "  %.1f images/s" : "  %.0f images/s", samplesPerSecond);
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
