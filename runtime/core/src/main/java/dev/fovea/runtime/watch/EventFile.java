package dev.fovea.runtime.watch;

import dev.fovea.runtime.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorBoard reads it: records of TensorFlow (their length, its sum, the bytes, their sum; the sums are masked
 * CRC-32C), each an {@code Event} of {@code event.proto} with a {@code Summary} of {@code summary.proto}.
 */
final class EventFile implements AutoCloseable {
    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xa282ead8;

    // the numbers of the fields in event.proto and summary.proto
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int HISTOGRAM = 5;

    private final Path file;
    private final OutputStream out;

    private EventFile(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Begins a file; its folder is made if need be.
     *
     * @param seconds since 1970, of the first record
     * @throws InputException where it cannot be written
     */
    static EventFile create(Path file, double seconds) throws InputException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            EventFile events = new EventFile(file, Files.newOutputStream(file));
            events.record(new Message().real(WALL_TIME, seconds).text(FILE_VERSION, VERSION));
            return events;
        } catch (IOException e) {
            throw InputException.from(file, "write the events", e);
        }
    }

    static Message scalar(String tag, double value) {
        return new Message().text(TAG, tag).real(SIMPLE_VALUE, (float) value);
    }

    static Message histogram(String tag, Histogram histogram) {
        return new Message().text(TAG, tag).message(HISTOGRAM, histogram.message());
    }

    /** A picture; the numbers are those of {@code Summary.Image}: height, width, channels, PNG. */
    static Message image(String tag, Bitmap picture) {
        Message image = new Message()
                .whole(1, picture.height())
                .whole(2, picture.width())
                .whole(3, picture.channels())
                .bytes(4, picture.png());
        return new Message().text(TAG, tag).message(IMAGE, image);
    }

    /**
     * Appends an event.
     *
     * @param seconds since 1970
     * @param step of training
     * @throws InputException where it cannot be written
     */
    void add(double seconds, long step, List<Message> values) throws InputException {
        Message summary = new Message();
        values.forEach(value -> summary.message(VALUE, value));
        try {
            record(new Message().real(WALL_TIME, seconds).whole(STEP, step).message(SUMMARY, summary));
        } catch (IOException e) {
            throw InputException.from(file, "write the events", e);
        }
    }

    /** In one piece, so that a reader who follows the file sees few halves of records. */
    private void record(Message event) throws IOException {
        byte[] bytes = event.toBytes();
        byte[] length = new byte[Long.BYTES];
        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length);
        byte[] record = new byte[Long.BYTES + bytes.length + 2 * Integer.BYTES];
        ByteBuffer.wrap(record)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedSum(length))
                .put(bytes)
                .putInt(maskedSum(bytes));
        out.write(record);
        out.flush();
    }

    static int maskedSum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, bytes.length);
        return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
    }

    @Override
    public void close() throws InputException {
        try {
            out.close();
        } catch (IOException e) {
            throw InputException.from(file, "write the events", e);
        }
    }
}
