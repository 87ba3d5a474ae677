package dev.fovea.cli;

import dev.fovea.runtime.FoveaException;
import java.util.List;

/** The call is at fault: an option's value that cannot be, a device that is not there. */
@SuppressWarnings("serial") // never serialized
public final class UsageException extends FoveaException {
    /** A fault of the call, with what the user can do. */
    public UsageException(String message, String... help) {
        super(message, List.of(help));
    }
}
