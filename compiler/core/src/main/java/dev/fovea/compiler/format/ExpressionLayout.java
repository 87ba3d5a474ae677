package dev.fovea.compiler.format;

import dev.fovea.compiler.syntax.concrete.Element;
import dev.fovea.compiler.syntax.concrete.Element.Branch;
import dev.fovea.compiler.syntax.concrete.Element.Leaf;
import dev.fovea.compiler.syntax.concrete.Rule;
import java.util.ArrayList;
import java.util.List;

/** Expressions and all that is made of them. */
final class ExpressionLayout {

    private final ListLayout lists = new ListLayout();
    private final PipelineLayout pipelines = new PipelineLayout(this);
    private final OperationLayout operations = new OperationLayout(this);

    ListLayout lists() {
        return lists;
    }

    Doc of(Element element) {
        if (element instanceof Leaf leaf) {
            return Words.word(leaf);
        }
        Branch branch = (Branch) element;
        return switch (branch.rule()) {
            case CONDITIONAL -> conditional(branch);
            case PIPELINE -> pipelines.pipeline(branch);
            case STAGE -> pipelines.stage(branch);
            case ASCRIPTION -> spaced(branch);
            case OPERATION -> operations.operation(branch);
            case OPERAND -> operand(branch);
            case PARAMETERS, QUANTITY_ARGUMENTS, ARGUMENTS, LIST, PARENTHESES -> lists.list(branch, this::of);
            case PARAMETER -> parameter(branch);
            default -> joined(branch);
        };
    }

    /** Parts without anything between them. */
    private Doc joined(Branch branch) {
        return Docs.of(branch.children().stream().map(this::of).toList());
    }

    /** Parts with spaces between them. */
    Doc spaced(Branch branch) {
        List<Doc> parts = new ArrayList<>();
        for (Element child : branch.children()) {
            parts.add(parts.isEmpty() ? Docs.of() : Docs.SPACE);
            parts.add(of(child));
        }
        return Docs.of(parts);
    }

    private Doc parameter(Branch parameter) {
        List<Doc> parts = new ArrayList<>();
        for (Element child : parameter.children()) {
            boolean tight = parts.isEmpty() || Words.isWord(child, ":");
            parts.add(tight ? Docs.of() : Docs.SPACE);
            parts.add(of(child));
        }
        return Docs.of(parts);
    }

    /** {@code if}, and {@code then} and {@code else} below it where it does not fit on the line. */
    private Doc conditional(Branch conditional) {
        List<Element> parts = conditional.children();
        boolean kept = Words.first(parts.get(2)).beginsLine()
                || Words.first(parts.get(4)).beginsLine();
        Doc between = kept ? Docs.HARD : Docs.LINE;
        Doc head = Docs.of(of(parts.get(0)), Docs.SPACE, of(parts.get(1)));
        Doc yes = Docs.of(between, of(parts.get(2)), Docs.SPACE, of(parts.get(3)));
        Doc no = Docs.of(between, of(parts.get(4)), Docs.SPACE, of(parts.get(5)));
        return Docs.group(head, Docs.nest(Docs.of(yes, no)));
    }

    private Doc operand(Branch operand) {
        List<Doc> parts = new ArrayList<>();
        for (Element child : operand.children()) {
            boolean dotBehindNumber = Words.isRule(child, Rule.POSTFIX)
                    && Words.first(child).text().equals(".")
                    && endsInDigit(operand);
            parts.add(dotBehindNumber ? Docs.SPACE : Docs.of());
            parts.add(of(child));
            boolean word = Words.isRule(child, Rule.PREFIX_OPERATOR)
                    && Words.first(child).text().equals("not");
            parts.add(word ? Docs.SPACE : Docs.of());
        }
        return Docs.of(parts);
    }

    /** Whether a dot that touched it would be read as part of a number. */
    private static boolean endsInDigit(Branch operand) {
        Branch primary = operand.child(Rule.PRIMARY).orElseThrow();
        String text = primary.first().text();
        return !text.isEmpty() && (Character.isDigit(text.charAt(0)) || text.startsWith("."));
    }
}
