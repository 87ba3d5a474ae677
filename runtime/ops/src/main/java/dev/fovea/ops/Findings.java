package dev.fovea.ops;

import java.util.List;

/** Where a shape rule says what is legal but worth knowing. */
public interface Findings {
    /** A receiver that drops all. */
    Findings NONE = new Findings() {
        @Override
        public void warn(String code, String message, String label, List<String> help) {}

        @Override
        public void note(String text) {}
    };

    /** A warning with the parts of its diagnostic, see {@link Misfit}. */
    void warn(String code, String message, String label, List<String> help);

    /** A line for the summary: the meaning of a remainder that costs nothing real. */
    void note(String text);
}
