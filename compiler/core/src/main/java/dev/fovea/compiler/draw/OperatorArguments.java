package dev.fovea.compiler.draw;

import dev.fovea.compiler.graph.ArgumentTexts;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is said of an operator beside its name: the arguments that are not as usual. */
final class OperatorArguments {

    private static final int LONGEST = 34;

    private OperatorArguments() {}

    /** The arguments as the language writes them, cut where they are many; empty for none. */
    static String of(Op op) {
        Map<String, String> values = ArgumentTexts.of(op);
        List<String> arguments = new ArrayList<>();
        for (Attribute attribute : op.def().signature().attributes()) {
            String value = values.get(attribute.name());
            if (value == null) {
                continue;
            }
            String usual = attribute.fallback().map(ArgumentTexts::text).orElse("");
            if (attribute.isRequired()) {
                arguments.add(value);
            } else if (!value.equals(usual) && !isSameAs(attribute, values, value)) {
                arguments.add(attribute.name() + " " + value);
            }
        }
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            if (text.length() + argument.length() > LONGEST) {
                return text.isEmpty() ? "…" : text + ", …";
            }
            text.append(text.isEmpty() ? "" : ", ").append(argument);
        }
        return text.toString();
    }

    private static boolean isSameAs(Attribute attribute, Map<String, String> values, String value) {
        return attribute
                .sameAs()
                .map(values::get)
                .filter(Objects::nonNull)
                .filter(value::equals)
                .isPresent();
    }
}
