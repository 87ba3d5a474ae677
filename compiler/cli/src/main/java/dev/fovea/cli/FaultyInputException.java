package dev.fovea.cli;

import dev.fovea.runtime.FoveaException;
import java.util.List;

/** The files hold faults, all of which have been shown. */
@SuppressWarnings("serial") // never serialized
final class FaultyInputException extends FoveaException {
    FaultyInputException(String count) {
        super(count, List.of());
    }
}
