package dev.fovea.ops;

import java.util.List;

/**
 * An operator that cannot be applied to the shapes it is given. Carries the parts of a diagnostic: a stable code, the
 * message (lower case, no full stop), the label that stands beside the underlined call, with the formula and the numbers
 * filled in, and the mends. Where the fault is, the checker knows.
 *
 * <p>The codes of this module, the last three of them warnings:
 *
 * <ul>
 *   <li>CNN0301 the kernel does not fit the input
 *   <li>CNN0302 the groups do not divide the channels
 *   <li>CNN0303 the padding is too large: for the window of a pooling, for the padding mode, or altogether
 *   <li>CNN0304 the shapes of a join do not agree
 *   <li>CNN0305 the stride does not divide where {@code round="exact"}
 *   <li>CNN0306 a reshape changes the number of elements
 *   <li>CNN0307 the connection table is wrong
 *   <li>CNN0310 the input has the wrong rank
 *   <li>CNN0311 the axis is out of range
 *   <li>CNN0313 the prediction and the target of a loss do not agree
 *   <li>CNN0314 an augmentation does not suit the input it feeds
 *   <li>CNN0320 a slice or crop reaches beyond the input, or leaves nothing of it
 *   <li>CNN0321 a normalisation has a single number to take the variance of
 *   <li>CNN0415 a layer cannot be pre-trained so
 *   <li>CNN0361 the output is too large to be counted
 *   <li>CNN0330 the output padding of a transposed convolution is not smaller than its stride or dilation
 *   <li>CNN0331 the padding of a transposed convolution cuts off all of its output
 *   <li>CNN0332 the input of an unpooling is not what the pooling gave
 *   <li>CNN0308 {@code "same"} with a stride pads unevenly
 *   <li>CNN0312 an adaptive pool makes its input larger
 *   <li>CNN0350 rows or columns of the input are never read
 * </ul>
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
