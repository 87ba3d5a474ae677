package dev.fovea.runtime.kernels;

/** A device that is missing, is full or refuses a program. The message is for the user and needs no stack trace. */
@SuppressWarnings("serial") // never serialized
public class DeviceException extends RuntimeException {
    /** A failure with a message for the user. */
    public DeviceException(String message) {
        super(message);
    }

    /** A failure with a message for the user and what lies behind it. */
    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
