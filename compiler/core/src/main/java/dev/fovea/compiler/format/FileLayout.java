package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Element.Branch;
import dev.fovea.compiler.syntax.concrete.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Files and declarations. Declarations of more than a line stand between empty lines. */
final class FileLayout {

    private static final Set<Rule> LARGE =
            Set.of(Rule.BLOCK_DECLARATION, Rule.TRAIN_DECLARATION, Rule.BODY, Rule.PACKAGE_CLAUSE);

    private final ExpressionLayout expressions = new ExpressionLayout();
    private final BodyLayout bodies = new BodyLayout(expressions);
    private final RecipeLayout recipes = new RecipeLayout(expressions);

    Doc file(Branch file) {
        List<Doc> parts = new ArrayList<>();
        Element before = null;
        for (Element item : file.children()) {
            if (before != null) {
                boolean apart = isLarge(before)
                        || (isLarge(item) && !Words.isWord(item, ""))
                        || isImport(before) != isImport(item)
                        || Words.first(item).followsEmptyLine();
                parts.add(new Doc.Hard(apart ? 2 : 1));
            }
            parts.add(item instanceof Branch branch ? item(branch) : Words.tight(item));
            before = item;
        }
        return Docs.of(parts);
    }

    private static boolean isLarge(Element item) {
        return item instanceof Branch branch
                && (LARGE.contains(branch.rule()) || branch.children().stream().anyMatch(FileLayout::isLarge));
    }

    private static boolean isImport(Element item) {
        return item instanceof Branch branch && branch.child(Rule.IMPORT_CLAUSE).isPresent();
    }

    private Doc item(Branch item) {
        Branch inner = (Branch) item.children().get(0);
        return switch (inner.rule()) {
            case PACKAGE_CLAUSE ->
                Docs.of(
                        Words.tight(inner.children().get(0)),
                        Docs.SPACE,
                        Words.tight(inner.children().get(1)));
            case IMPORT_CLAUSE -> importClause(inner);
            default -> bodies.annotated(inner, this::declaration);
        };
    }

    private Doc importClause(Branch clause) {
        List<Doc> parts = new ArrayList<>();
        boolean spaced = false;
        for (Element child : clause.children()) {
            boolean alias = Words.isWord(child, "as");
            parts.add(spaced || alias ? Docs.SPACE : Docs.of());
            parts.add(importPart(child));
            spaced = alias || Words.isWord(child, "import");
        }
        return Docs.of(parts);
    }

    private Doc importPart(Element part) {
        if (part instanceof Branch step && step.child(Rule.IMPORTED_NAMES).isPresent()) {
            return expressions.lists().list(step.child(Rule.IMPORTED_NAMES).get(), FileLayout::importedName);
        }
        return Words.tight(part);
    }

    private static Doc importedName(Branch name) {
        return expressionsOf(name.children());
    }

    private static Doc expressionsOf(List<Element> children) {
        List<Doc> parts = new ArrayList<>();
        for (Element child : children) {
            parts.add(parts.isEmpty() ? Docs.of() : Docs.SPACE);
            parts.add(Words.tight(child));
        }
        return Docs.of(parts);
    }

    private Doc declaration(Branch declaration) {
        List<Doc> parts = new ArrayList<>();
        List<Element> children = declaration.children();
        for (int i = 0; i < children.size(); i++) {
            Element child = children.get(i);
            if (child instanceof Branch branch) {
                parts.add(part(branch, i > 0 && Words.isWord(children.get(i - 1), "=")));
            } else {
                boolean colonOfName = Words.isWord(child, ":") && declaration.rule() == Rule.TRAIN_DECLARATION;
                parts.add(i == 0 || colonOfName ? Docs.of() : Docs.SPACE);
                parts.add(Words.tight(child));
            }
        }
        return Docs.of(parts);
    }

    private Doc part(Branch part, boolean assigned) {
        if (assigned) {
            Doc value = expressions.of(part);
            boolean fitsBelow = value.width() <= DocPrinter.WIDTH - 2;
            return fitsBelow ? Docs.group(Docs.nest(Docs.of(Docs.LINE, value))) : Docs.of(Docs.SPACE, value);
        }
        return switch (part.rule()) {
            case PARAMETERS -> expressions.of(part);
            case BODY -> Docs.of(Docs.SPACE, bodies.body(part));
            case RECIPE_BODY -> Docs.of(Docs.SPACE, recipes.body(part));
            default -> Docs.of(Docs.SPACE, Words.tight(part));
        };
    }
}
