package dev.fovea.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The runtime's log as lines among our messages: {@code warning: …}. Below a warning only with {@code --debug}. */
final class LogLines extends Handler {
    /** Kept, for the log manager forgets loggers that nobody holds. */
    private static final Logger OURS = Logger.getLogger("dev.fovea");

    private final PrintStream stream;
    private final SimpleFormatter formatter = new SimpleFormatter();

    private LogLines(PrintStream stream) {
        this.stream = stream;
    }

    /** Sends the log of our packages to the stream from now on. */
    static void sendTo(PrintStream stream, boolean everything) {
        OURS.setUseParentHandlers(false);
        for (Handler handler : OURS.getHandlers()) {
            OURS.removeHandler(handler);
        }
        OURS.setLevel(everything ? Level.ALL : Level.WARNING);
        OURS.addHandler(new LogLines(stream));
    }

    @Override
    public void publish(LogRecord line) {
        stream.println(line.getLevel().getName().toLowerCase(Locale.ROOT) + ": " + formatter.formatMessage(line));
    }

    @Override
    public void flush() {
        stream.flush();
    }

    @Override
    public void close() {
        stream.flush();
    }
}
