package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.resolve.ResolvedFile;
import dev.fovea.compiler.value.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where an expression is evaluated.
 *
 * @param scope the names it sees
 * @param names where the layers it makes get their names
 * @param path the calls that led here
 * @param allowed the warnings that are meant so, here or in a call that led here
 * @param sharings the applications of shared stages under way, outermost first
 */
record Context(Scope scope, NameScope names, CallPath path, Set<Code> allowed, List<Sharing> sharings) {
    /** A model's body. */
    static Context ofModel(Scope scope, CallPath path, Set<Code> allowed) {
        return new Context(scope, NameScope.ofModel(), path, allowed, List.of());
    }

    /** The file whose declarations are in scope. */
    ResolvedFile file() {
        return scope.file();
    }

    Context in(Scope other) {
        return new Context(other, names, path, allowed, sharings);
    }

    Context naming(NameScope other) {
        return new Context(scope, other, path, allowed, sharings);
    }

    Context within(CallPath.Call call) {
        return new Context(scope, names, path.within(call), allowed, sharings);
    }

    Context allowing(Set<Code> more) {
        if (more.isEmpty()) {
            return this;
        }
        Set<Code> all = EnumSet.copyOf(more);
        all.addAll(allowed);
        return new Context(scope, names, path, all, sharings);
    }

    Context sharing(Sharing sharing) {
        List<Sharing> all = Stream.concat(sharings.stream(), Stream.of(sharing)).toList();
        return new Context(scope, names, path, allowed, all);
    }
}
