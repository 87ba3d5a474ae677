package dev.fovea.ops;

import java.util.List;

/**
 * An operator that cannot be applied to the shapes it is given. Carries the parts of a diagnostic: a stable code, the
 * message (lower case, no full stop), the label that stands beside the underlined call, with the formula and the numbers
 * filled in, and the mends. Where the fault is, the checker knows.
 */
@SuppressWarnings("serial") // never serialized
public final class Misfit extends Exception {
    private final String code;
    private final String label;
    private final List<String> help;

    /** A misfit with the parts of its diagnostic; {@code code} is {@code CNN03xx}. */
    public Misfit(String code, String message, String label, List<String> help) {
        super(message, null, false, false);
        this.code = code;
        this.label = label;
        this.help = List.copyOf(help);
    }

    /** The stable code, {@code CNN0301} say. */
    public String code() {
        return code;
    }

    /** The message; never null. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** What stands beside the underlined call: the formula with the numbers filled in. */
    public String label() {
        return label;
    }

    /** Mends, the likeliest first; empty when there is none. */
    public List<String> help() {
        return help;
    }
}
