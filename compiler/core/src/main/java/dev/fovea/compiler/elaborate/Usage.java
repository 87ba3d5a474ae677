package dev.fovea.compiler.elaborate;

import dev.fovea.ops.Attribute;
import dev.fovea.ops.Signature;
import java.util.ArrayList;
import java.util.List;

/** How a thing is called, in one line. */
final class Usage {
    private static final int OPTIONAL_SHOWN = 3;

    private Usage() {}

    /** {@code `conv(channels, kernel, stride=1, padding=0, dilation=1, …)`}: all that must be given, and some of the rest. */
    static String of(Signature signature) {
        List<String> shown = new ArrayList<>();
        int optional = 0;
        for (Attribute attribute : signature.attributes()) {
            if (attribute.isRequired()) {
                shown.add(attribute.name());
            } else if (optional++ < OPTIONAL_SHOWN) {
                Object fallback = attribute.fallback().orElse(attribute.sameAs().orElse(""));
                shown.add(attribute.name() + "=" + fallback);
            }
        }
        if (optional > OPTIONAL_SHOWN) {
            shown.add("…");
        }
        return shown.isEmpty() ? "no arguments" : "`" + signature.name() + "(" + String.join(", ", shown) + ")`";
    }
}
