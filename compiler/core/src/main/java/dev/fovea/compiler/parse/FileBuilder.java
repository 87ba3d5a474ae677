package dev.fovea.compiler.parse;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.syntax.Declaration;
import dev.fovea.compiler.syntax.Documentation;
import dev.fovea.compiler.syntax.Import;
import dev.fovea.compiler.syntax.QualifiedName;
import dev.fovea.compiler.syntax.SyntaxFile;
import dev.fovea.grammar.CnnParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** Builds a file out of its items, and checks their order. */
final class FileBuilder {

    private final Tree tree;
    private Optional<QualifiedName> packageName = Optional.empty();
    private Optional<Documentation> documentation = Optional.empty();
    private final List<Import> imports = new ArrayList<>();
    private final List<Declaration> declarations = new ArrayList<>();

    FileBuilder(Tree tree) {
        this.tree = tree;
    }

    /**
     * Builds the file.
     *
     * @param undecodable whether its bytes were at fault, so that nothing need be said of an empty text
     */
    SyntaxFile build(CnnParser.FileContext file, boolean undecodable) {
        List<CnnParser.ItemContext> items = file.item();
        int end = tree.source().text().length();
        for (int i = 0; i < items.size(); i++) {
            int until = i + 1 < items.size() ? items.get(i + 1).getStart().getStartIndex() : end;
            item(items.get(i), i == 0, until);
        }
        if (declarations.isEmpty() && tree.log().isEmpty() && !undecodable) {
            tree.log()
                    .reportLexical(
                            Diagnostic.of(Code.EMPTY_FILE, tree.source().span(0, 0), "this file declares nothing")
                                    .help("a file holds at least one `model`, `block`, `fun`, `const` or `train`"));
        }
        return new SyntaxFile(
                tree.source(),
                packageName,
                documentation,
                imports,
                declarations,
                tree.log().namesComplete() && !undecodable);
    }

    private void item(CnnParser.ItemContext item, boolean first, int until) {
        boolean garbled = tree.log().isGarbled(item.getStart().getStartIndex(), until);
        if (item.declaration() != null) {
            declaration(item);
        } else if (garbled || tree.log().isBroken(item)) {
            tree.log().markNamesIncomplete();
        } else if (item.packageClause() != null) {
            packageClause(item.packageClause(), first);
        } else {
            importClause(item.importClause());
        }
    }

    private void declaration(CnnParser.ItemContext item) {
        DeclarationBuilder builder = new DeclarationBuilder(tree);
        if (tree.log().isHeadBroken(item)) {
            builder.check(item.declaration());
        } else {
            Declaration declaration = builder.build(item.declaration());
            boolean garbled = tree.log().isGarbled(item.getStart().getStartIndex(), builder.endOfHead(item));
            if (!garbled && !tree.log().isHeadBroken(item)) {
                declarations.add(declaration);
                return;
            }
        }
        builder.broken(item.declaration()).ifPresentOrElse(declarations::add, tree.log()::markNamesIncomplete);
    }

    private void packageClause(CnnParser.PackageClauseContext clause, boolean first) {
        if (packageName.isPresent()) {
            tree.report(
                    clause,
                    Diagnostic.of(Code.MISPLACED_PACKAGE, tree.span(clause), "a file has one package")
                            .related(packageName.get().span(), "it is named here"));
            return;
        }
        if (!first) {
            tree.report(
                    clause,
                    Diagnostic.of(Code.MISPLACED_PACKAGE, tree.span(clause), "`package` is the first thing in a file"));
        }
        Token keyword = clause.getStart();
        packageName = Optional.of(new QualifiedName(
                clause.qualifiedName().identifier().stream()
                        .map(tree::identifier)
                        .toList(),
                tree.span(clause.qualifiedName())));
        documentation = tree.documentation(keyword, keyword);
    }

    private void importClause(CnnParser.ImportClauseContext clause) {
        if (!declarations.isEmpty()) {
            tree.report(
                    clause,
                    Diagnostic.of(Code.MISPLACED_IMPORT, tree.span(clause), "imports stand before all declarations")
                            .related(declarations.get(0).span(), "the first declaration"));
        }
        new ImportBuilder(tree).build(clause).ifPresentOrElse(imports::add, tree.log()::markNamesIncomplete);
    }
}
