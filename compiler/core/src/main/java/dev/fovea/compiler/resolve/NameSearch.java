package dev.fovea.compiler.resolve;

import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Invocation;
import dev.fovea.compiler.syntax.RecipeEntry;
import java.util.List;
import java.util.Set;

/** Finds the names that stand in expressions and recipes, whatever they stand for. */
final class NameSearch {
    private NameSearch() {}

    /** Whether the value of an expression can depend on anything: only arithmetic on literals cannot. */
    static boolean holdsName(Expression expression) {
        if (expression instanceof Expression.Unary unary) {
            return holdsName(unary.operand());
        }
        if (expression instanceof Expression.Binary binary) {
            return holdsName(binary.left()) || holdsName(binary.right());
        }
        if (expression instanceof Expression.Conditional conditional) {
            return holdsName(conditional.condition())
                    || holdsName(conditional.whenTrue())
                    || holdsName(conditional.whenFalse());
        }
        if (expression instanceof Expression.Call call) {
            return call.arguments().stream().anyMatch(argument -> holdsName(argument.value()));
        }
        if (expression instanceof Expression.ListLiteral list) {
            return list.elements().stream().anyMatch(NameSearch::holdsName);
        }
        return !(expression instanceof Expression.IntegerLiteral
                || expression instanceof Expression.FloatLiteral
                || expression instanceof Expression.BooleanLiteral
                || expression instanceof Expression.StringLiteral);
    }

    /** Adds the tensors that a recipe reads: what its losses and metrics name. */
    static void tensorsReadBy(List<RecipeEntry> entries, Set<String> into) {
        for (RecipeEntry entry : entries) {
            if (entry instanceof RecipeEntry.Loss loss) {
                addNames(loss.value(), into);
            } else if (entry instanceof RecipeEntry.Metric metric) {
                for (Invocation invocation : metric.metrics()) {
                    invocation.arguments().forEach(argument -> addNames(argument.value(), into));
                }
            } else if (entry instanceof RecipeEntry.Broken broken) {
                into.addAll(broken.words());
            } else if (entry instanceof RecipeEntry.Phase phase) {
                tensorsReadBy(phase.entries(), into);
            }
        }
    }

    private static void addNames(Expression expression, Set<String> into) {
        if (expression instanceof Expression.Name name) {
            into.add(name.name());
        } else if (expression instanceof Expression.Binary binary) {
            addNames(binary.left(), into);
            addNames(binary.right(), into);
        } else if (expression instanceof Expression.Unary unary) {
            addNames(unary.operand(), into);
        } else if (expression instanceof Expression.Call call) {
            for (Argument argument : call.arguments()) {
                addNames(argument.value(), into);
            }
        }
    }
}
