package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * A whole source file.
 *
 * @param source its text
 * @param packageName what {@code package} says, where it is said
 * @param documentation the {@code ///} comment in front of {@code package}
 * @param imports its imports in order
 * @param declarations its declarations in order
 * @param namesComplete whether every name that the file declares or imports is known; false where a fault of syntax hides
 *     one, and then a name that cannot be found is no fault of its own
 */
public record SyntaxFile(
        SourceFile source,
        Optional<QualifiedName> packageName,
        Optional<Documentation> documentation,
        List<Import> imports,
        List<Declaration> declarations,
        boolean namesComplete)
        implements Node {

    public SyntaxFile {
        imports = List.copyOf(imports);
        declarations = List.copyOf(declarations);
    }

    @Override
    public Span span() {
        return source.span(0, source.text().length());
    }
}
