package dev.fovea.ops;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a shape rule answers, as lines of text: the shape or the misfit, and before it what it found. */
final class Said implements Findings {
    private final List<String> lines = new ArrayList<>();

    private Said() {}

    static List<String> by(Op op, Shape... inputs) {
        Said said = new Said();
        try {
            said.lines.add(op.def().infer(op, List.of(inputs), said).toString());
        } catch (Misfit misfit) {
            said.add("error", misfit.code(), misfit.message(), misfit.label(), misfit.help());
        }
        return said.lines;
    }

    /** A convolution with some arguments and else the defaults. */
    static Conv conv(int channels, int kernel, Map<String, Object> rest) {
        Map<String, Object> given = new HashMap<>(rest);
        given.put("channels", channels);
        given.put("kernel", Pair.square(kernel));
        return Conv.DEF.create(given);
    }

    @Override
    public void warn(String code, String message, String label, List<String> help) {
        add("warning", code, message, label, help);
    }

    @Override
    public void note(String text) {
        lines.add("note: " + text);
    }

    private void add(String severity, String code, String message, String label, List<String> help) {
        lines.add(severity + "[" + code + "]: " + message);
        lines.add("  " + label);
        help.forEach(mend -> lines.add("  help: " + mend));
    }
}
