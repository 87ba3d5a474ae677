package dev.fovea.opencl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;

/**
 * Reads what a {@code clGet…Info} function tells. Such a function writes into memory whose size it is merely told, so the
 * sizes are set here and nowhere else.
 */
final class ClInfo {
    /** A {@code clGet…Info} function with everything but the last three arguments put in. */
    @FunctionalInterface
    interface Question {
        /** Calls it; either of the last two may be null. */
        int ask(
                long size,
                @org.jspecify.annotations.Nullable Pointer value,
                long @org.jspecify.annotations.Nullable [] sizeNeeded);
    }

    private ClInfo() {}

    /** The bytes of an answer of any length. */
    static byte[] bytes(Question question) {
        long[] size = new long[1];
        checked(question.ask(0, null, size));
        byte[] answer = new byte[Math.toIntExact(size[0])];
        if (answer.length > 0) {
            checked(question.ask(answer.length, Pointer.to(answer), null));
        }
        return answer;
    }

    /** A string, without its final zero and outer blanks. */
    static String text(Question question) {
        String text = new String(bytes(question), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    /** A number of four or eight bytes, whichever the device answers with. */
    static long number(Question question) {
        return numbers(question)[0];
    }

    /** The elements of an array of {@code size_t}, or a single number. */
    static long[] numbers(Question question) {
        ByteBuffer answer = ByteBuffer.wrap(bytes(question)).order(ByteOrder.nativeOrder());
        if (answer.remaining() == Sizeof.cl_uint) {
            return new long[] {Integer.toUnsignedLong(answer.getInt())};
        }
        if (answer.remaining() == 0 || answer.remaining() % Sizeof.size_t != 0) {
            throw new ClFailure("an answer of " + answer.remaining() + " bytes where a number was expected");
        }
        long[] numbers = new long[answer.remaining() / Sizeof.size_t];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Sizeof.size_t == Long.BYTES ? answer.getLong() : Integer.toUnsignedLong(answer.getInt());
        }
        return numbers;
    }

    private static void checked(int status) {
        if (status != CL.CL_SUCCESS) {
            throw new ClFailure(ClStatus.name(status));
        }
    }

    /** A driver that does not answer a question about itself. */
    @SuppressWarnings("serial") // never serialized
    static final class ClFailure extends RuntimeException {
        ClFailure(String message) {
            super(message);
        }
    }
}
