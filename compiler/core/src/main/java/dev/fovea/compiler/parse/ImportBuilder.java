package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Import;
import dev.fovea.compiler.syntax.QualifiedName;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds imports. The grammar takes any steps behind dots; which of them make an import is told here. */
final class ImportBuilder {

    private final Tree tree;

    ImportBuilder(Tree tree) {
        this.tree = tree;
    }

    /** The import; none where it makes no sense, which is reported. */
    Optional<Import> build(CnnParser.ImportClauseContext clause) {
        List<Identifier> path = new ArrayList<>();
        path.add(tree.identifier(clause.identifier(0)));
        List<CnnParser.ImportStepContext> steps = clause.importStep();
        for (CnnParser.ImportStepContext step : steps) {
            if (step.identifier() == null) {
                return step == steps.get(steps.size() - 1) ? ofLast(clause, path, step) : behindLast(step);
            }
            path.add(tree.identifier(step.identifier()));
        }
        if (path.size() == 1) {
            String name = path.get(0).name();
            tree.report(
                    clause,
                    Diagnostic.of(Code.MALFORMED_IMPORT, path.get(0).span(), "an import needs a package and a name")
                            .help("import all names of the package by `import " + name + ".*`, or one by `import "
                                    + name + ".Name`"));
            return Optional.empty();
        }
        Identifier name = path.remove(path.size() - 1);
        Optional<Identifier> alias = Optional.ofNullable(clause.identifier(1)).map(tree::identifier);
        Span span = alias.map(as -> name.span().to(as.span())).orElse(name.span());
        return Optional.of(
                new Import.Names(from(path), List.of(new Import.ImportedName(name, alias, span)), tree.span(clause)));
    }

    private Optional<Import> ofLast(
            CnnParser.ImportClauseContext clause, List<Identifier> path, CnnParser.ImportStepContext step) {
        if (clause.AS() != null) {
            tree.report(
                    clause,
                    Diagnostic.of(
                                    Code.MALFORMED_IMPORT,
                                    tree.span(clause.AS().getSymbol()),
                                    "only one name can be renamed")
                            .help("rename a name in the list: `{Name as Other}`"));
            return Optional.empty();
        }
        if (step.STAR() != null) {
            return Optional.of(new Import.Everything(from(path), tree.span(clause)));
        }
        tree.checkCommas(step.importedNames());
        List<Import.ImportedName> names = step.importedNames().importedName().stream()
                .map(this::importedName)
                .toList();
        if (names.isEmpty()) {
            tree.report(
                    clause,
                    Diagnostic.of(Code.MALFORMED_IMPORT, tree.span(step), "this import names nothing")
                            .help("name what is imported, or write `*` for everything"));
            return Optional.empty();
        }
        return Optional.of(new Import.Names(from(path), names, tree.span(clause)));
    }

    private Optional<Import> behindLast(CnnParser.ImportStepContext step) {
        tree.report(
                step,
                Diagnostic.of(
                        Code.MALFORMED_IMPORT, tree.span(step), "`*` and names in braces are the end of an import"));
        return Optional.empty();
    }

    private Import.ImportedName importedName(CnnParser.ImportedNameContext context) {
        return new Import.ImportedName(
                tree.identifier(context.identifier(0)),
                Optional.ofNullable(context.identifier(1)).map(tree::identifier),
                tree.span(context));
    }

    private static QualifiedName from(List<Identifier> path) {
        return new QualifiedName(
                path, path.get(0).span().to(path.get(path.size() - 1).span()));
    }
}
