package dev.fovea.compiler.resolve;

import dev.fovea.ops.Initializers;
import dev.fovea.ops.Ops;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that every file knows: functions of the language, operators and initialisers. */
public final class BuiltIns {
    /** Applies a stage several times. */
    public static final String REPEAT = "repeat";

    /** Makes the applications of a stage use one set of parameters. */
    public static final String SHARE = "share";

    /** The functions on compile-time values. */
    public static final List<String> FUNCTIONS =
            List.of("abs", "ceil", "floor", "len", "max", "min", "range", "round", "sqrt", "sum");

    /** The annotations. */
    public static final List<String> ANNOTATIONS = AnnotationChecker.NAMES;

    private BuiltIns() {}

    /** Whether every file knows the name. */
    public static boolean knows(String name) {
        return name.equals(REPEAT)
                || name.equals(SHARE)
                || FUNCTIONS.contains(name)
                || Ops.named(name).isPresent()
                || Initializers.REGISTRY.named(name).isPresent();
    }

    /** All of them: for "did you mean". */
    static Set<String> names() {
        Set<String> all = new LinkedHashSet<>(FUNCTIONS);
        all.add(REPEAT);
        all.add(SHARE);
        all.addAll(Ops.names());
        all.addAll(Initializers.REGISTRY.names());
        return all;
    }
}
