package dev.fovea.testkit;

import dev.fovea.ops.Attribute;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Signature;
import java.util.ArrayList;
import java.util.List;

/** The arguments of an operator, or of what a recipe names, as the reference shows them. */
final class AttributeTable {
    private AttributeTable() {}

    /** A table behind an empty line; nothing where there are no arguments. */
    static void append(Signature signature, StringBuilder text) {
        if (signature.attributes().isEmpty()) {
            return;
        }
        text.append("\n| argument | is | default | meaning |\n|---|---|---|---|\n");
        for (Attribute attribute : signature.attributes()) {
            boolean bounded = attribute.limit() != Limit.ANY;
            text.append("| `").append(attribute.name()).append("` | ");
            text.append(attribute.type().text());
            text.append(bounded ? ", " + attribute.limit().text() : "").append(" | ");
            text.append(fallback(attribute)).append(" | ");
            text.append(attribute.summary()).append(" |\n");
        }
    }

    /** The call with its defaults: {@code maxpool(kernel, stride=kernel, padding=0)}. */
    static String call(Signature signature, List<String> tensors) {
        List<String> arguments = new ArrayList<>(tensors);
        for (Attribute attribute : signature.attributes()) {
            String value = attribute
                    .sameAs()
                    .or(() -> attribute.fallback().map(OperatorCall::value))
                    .map(text -> "=" + (text.equals("PyTorch's") ? "…" : text))
                    .orElse("");
            arguments.add(attribute.name() + value);
        }
        return arguments.isEmpty() ? signature.name() : signature.name() + "(" + String.join(", ", arguments) + ")";
    }

    private static String fallback(Attribute attribute) {
        if (attribute.sameAs().isPresent()) {
            return "as `" + attribute.sameAs().get() + "`";
        }
        return attribute
                .fallback()
                .map(value -> "`" + OperatorCall.value(value) + "`")
                .orElse("must be given");
    }
}
