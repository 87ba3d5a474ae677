package dev.fovea.compiler.elaborate;

import dev.fovea.ops.Attribute;
import dev.fovea.ops.Signature;
import java.util.stream.Collectors;

/** How a thing is called, in one line. */
final class Usage {
    private Usage() {}

    /** {@code conv(channels, kernel, stride=1, padding=0, …)}: what must be given, and names for the rest. */
    static String of(Signature signature) {
        if (signature.attributes().isEmpty()) {
            return "no arguments";
        }
        return signature.attributes().stream()
                .map(Usage::of)
                .collect(Collectors.joining(", ", "`" + signature.name() + "(", ")`"));
    }

    private static String of(Attribute attribute) {
        return attribute.name() + (attribute.isRequired() ? "" : "=…");
    }
}
