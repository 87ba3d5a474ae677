package dev.fovea.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.PlannedCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Java name of everything in a generated class, given out in one walk over its scopes. */
final class Names {
    /** A constant and the class it is in. */
    record Constant(ClassName owner, String name) {
        /** The expression for it in the class {@code from}. */
        CodeBlock in(ClassName from) {
            return owner.equals(from) ? CodeBlock.of("$N", name) : CodeBlock.of("$T.$N", owner, name);
        }
    }

    private final Plan plan;
    private final Map<Integer, Constant> tensors = new HashMap<>();
    private final Map<Integer, Constant> parameters = new HashMap<>();
    private final Map<Integer, Integer> firstUses = new HashMap<>();
    private final Map<Integer, String> kernels = new HashMap<>();
    private final IdentityHashMap<Scope, ClassName> scopes = new IdentityHashMap<>();
    private final IdentityHashMap<Scope, String> scopeFields = new IdentityHashMap<>();

    private Names(Plan plan) {
        this.plan = plan;
    }

    static Names of(Plan plan, Scope root, ClassName model) {
        Names names = new Names(plan);
        JavaNames own = new JavaNames()
                .reserve("SPEC", "run", "assembly", "builder", "Recipe", "Recipes", "kernels", "options");
        for (InputNode input : plan.program().graph().inputs()) {
            names.tensors.put(input.id(), new Constant(model, own.constant(input.name(), "input")));
        }
        names.walk(root, model, own, List.of(model.simpleName()));
        return names;
    }

    Constant tensor(int id) {
        return present(tensors.get(id), "tensor", id);
    }

    boolean isTensor(int id) {
        return tensors.containsKey(id);
    }

    Constant parameter(int index) {
        return present(parameters.get(index), "parameter", index);
    }

    /** Whether a call is the first in forward order to use a parameter: its scope declares it. */
    boolean isFirstUse(PlannedCall call, int parameter) {
        return Objects.equals(firstUses.get(parameter), id(call));
    }

    String kernel(PlannedCall call) {
        return present(kernels.get(id(call)), "call", call.call().name());
    }

    ClassName type(Scope scope) {
        return present(scopes.get(scope), "scope", scope.label());
    }

    String field(Scope scope) {
        return present(scopeFields.get(scope), "scope", scope.label());
    }

    private void walk(Scope scope, ClassName type, JavaNames own, List<String> enclosing) {
        scopes.put(scope, type);
        for (Scope.Item item : scope.items()) {
            if (item instanceof Scope.CallItem call) {
                name(call, type, own);
            } else if (item instanceof Scope.ScopeItem inner) {
                Scope within = inner.scope();
                own.reserve(enclosing.toArray(String[]::new));
                String name = own.type(within.label(), "Block");
                scopeFields.put(within, own.field(within.label(), "block"));
                List<String> outer = new ArrayList<>(enclosing);
                outer.add(name);
                JavaNames inside = new JavaNames().reserve("run", "assembly");
                walk(within, type.nestedClass(name), inside, outer);
            }
        }
    }

    private void name(Scope.CallItem item, ClassName type, JavaNames own) {
        PlannedCall call = item.call();
        String op = call.call().op().name();
        kernels.put(id(call), own.field(item.label(), op));
        tensors.put(id(call), new Constant(type, own.constant(item.label(), op)));
        for (PlannedCall.Use use : call.parameters()) {
            if (firstUses.putIfAbsent(use.id(), id(call)) == null) {
                String name = plan.program().graph().parameters().get(use.id()).name();
                String last = name.substring(name.lastIndexOf('.') + 1);
                parameters.put(use.id(), new Constant(type, own.constant(item.label() + "_" + last, op)));
            }
        }
    }

    /** A call is known by the tensor it gives. */
    private static int id(PlannedCall call) {
        return call.call().output().id();
    }

    private static <T> T present(@Nullable T name, String kind, Object what) {
        if (name == null) {
            throw new IllegalStateException("no name for " + kind + " " + what);
        }
        return name;
    }
}
