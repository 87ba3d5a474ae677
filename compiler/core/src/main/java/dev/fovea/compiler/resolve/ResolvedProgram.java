package dev.fovea.compiler.resolve;

import java.util.List;
import java.util.Set;

/**
 * All files of a compilation.
 *
 * @param given the files asked for, in their order
 * @param imported the others, in the order in which they were found
 * @param recursive the declarations that lead back to themselves, which has been reported: they have no value
 */
public record ResolvedProgram(List<ResolvedFile> given, List<ResolvedFile> imported, Set<Symbol> recursive) {
    /** Copies the lists. */
    public ResolvedProgram {
        given = List.copyOf(given);
        imported = List.copyOf(imported);
        recursive = Set.copyOf(recursive);
    }
}
