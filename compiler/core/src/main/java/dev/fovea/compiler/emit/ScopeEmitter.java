package dev.fovea.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.fovea.compiler.plan.PlannedCall;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** What a scope is in Java: constants of its tensors and parameters, its kernels, and the three walks over them. */
final class ScopeEmitter {
    private final Names names;
    private final TensorEmitter tensors;
    private final ParameterEmitter parameters;
    private final LayerEmitter layers;

    ScopeEmitter(Names names, TensorEmitter tensors, ParameterEmitter parameters) {
        this.names = names;
        this.tensors = tensors;
        this.parameters = parameters;
        this.layers = new LayerEmitter(names);
    }

    /** A scope within the model, as a nested class. */
    TypeSpec nested(Scope scope) {
        TypeSpec.Builder type = TypeSpec.classBuilder(names.type(scope).simpleName())
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The block {@code $L}.\n", SafeText.documentation(scope.label()));
        addConstants(type, scope);
        addFields(type, scope);
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(RuntimeNames.ASSEMBLY, "assembly")
                .addCode(bindings(scope))
                .build());
        type.addMethod(run("forward").addCode(forward(scope)).build());
        type.addMethod(run("backward").addCode(backward(scope)).build());
        type.addMethod(declaration(scope));
        addNested(type, scope);
        return type.build();
    }

    void addNested(TypeSpec.Builder type, Scope scope) {
        for (Scope.Item item : scope.items()) {
            if (item instanceof Scope.ScopeItem inner) {
                type.addType(nested(inner.scope()));
            }
        }
    }

    void addConstants(TypeSpec.Builder type, Scope scope) {
        for (Scope.Item item : scope.items()) {
            if (item instanceof Scope.CallItem call) {
                type.addField(tensors.constant(call.call().call().output().id()));
                for (PlannedCall.Use use : call.call().parameters()) {
                    if (names.isFirstUse(call.call(), use.id())) {
                        type.addField(parameters.constant(use.id()));
                    }
                }
            }
        }
    }

    void addFields(TypeSpec.Builder type, Scope scope) {
        for (Scope.Item item : scope.items()) {
            if (item instanceof Scope.ScopeItem inner) {
                type.addField(names.type(inner.scope()), names.field(inner.scope()), Modifier.PRIVATE, Modifier.FINAL);
            } else if (item instanceof Scope.CallItem call && !call.call().elided()) {
                type.addField(RuntimeNames.KERNEL, names.kernel(call.call()), Modifier.PRIVATE, Modifier.FINAL);
            }
        }
    }

    CodeBlock bindings(Scope scope) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (Scope.Item item : scope.items()) {
            if (item instanceof Scope.ScopeItem inner) {
                code.add("$N = new $T(assembly);\n", names.field(inner.scope()), names.type(inner.scope()));
            } else if (item instanceof Scope.CallItem call) {
                code.add(
                        call.call().elided()
                                ? view(call.call(), names.type(scope))
                                : layers.binding(call.call(), names.type(scope)));
            }
        }
        return code.build();
    }

    CodeBlock forward(Scope scope) {
        CodeBlock.Builder code = CodeBlock.builder();
        boolean whole = scope.items().stream().allMatch(ScopeEmitter::isTrainOnly); // then the caller guards it
        boolean guarded = false;
        Optional<String> last = Optional.empty();
        for (Scope.Item item : scope.items()) {
            boolean trainOnly = !whole && isTrainOnly(item);
            if (trainOnly != guarded) {
                guarded = trainOnly;
                code.add(trainOnly ? "if (run.training()) {$>\n" : "$<}\n");
            }
            last = step(code, scope, item, "forward", last);
        }
        return code.add(guarded ? "$<}\n" : "").build();
    }

    CodeBlock backward(Scope scope) {
        CodeBlock.Builder code = CodeBlock.builder();
        Optional<String> last = Optional.empty();
        for (int i = scope.items().size() - 1; i >= 0; i--) {
            last = step(code, scope, scope.items().get(i), "backward", last);
        }
        return code.build();
    }

    /** The walk that lists the parameters of a scope and of those within. */
    MethodSpec declaration(Scope scope) {
        MethodSpec.Builder method = MethodSpec.methodBuilder("declare")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(
                        ParameterizedTypeName.get(ClassName.get(List.class), RuntimeNames.MODEL_PARAMETER),
                        "parameters");
        for (Scope.Item item : scope.items()) {
            if (item instanceof Scope.ScopeItem inner) {
                method.addStatement("$T.declare(parameters)", names.type(inner.scope()));
            } else if (item instanceof Scope.CallItem call) {
                for (PlannedCall.Use use : call.call().parameters()) {
                    if (names.isFirstUse(call.call(), use.id())) {
                        method.addStatement(
                                "parameters.add($L)", names.parameter(use.id()).in(names.type(scope)));
                    }
                }
            }
        }
        return method.build();
    }

    static MethodSpec.Builder run(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).addParameter(RuntimeNames.RUN, "run");
    }

    private Optional<String> step(
            CodeBlock.Builder code, Scope scope, Scope.Item item, String method, Optional<String> last) {
        CodeBlock origin = Origin.comment(scope, item);
        if (!last.equals(Optional.of(origin.toString()))) {
            code.add(origin);
        }
        if (item instanceof Scope.ScopeItem inner && method.equals("backward") && isMadeAgain(scope, inner.scope())) {
            String field = names.field(inner.scope());
            code.add("$N.forward(run.again());\n$N.backward(run.once());\n", field, field);
        } else if (item instanceof Scope.ScopeItem inner) {
            code.add("$N.$L(run);\n", names.field(inner.scope()), method);
        } else if (item instanceof Scope.CallItem call && !call.call().elided()) {
            code.add("$N.$L(run);\n", names.kernel(call.call()), method);
        }
        return Optional.of(origin.toString());
    }

    /** Whether a scope is the call of a block whose tensors are not kept; not a part of one. */
    private static boolean isMadeAgain(Scope outer, Scope scope) {
        Scope.Item item = scope.items().get(0);
        while (item instanceof Scope.ScopeItem inner) {
            item = inner.scope().items().get(0);
        }
        PlannedCall first = ((Scope.CallItem) item).call();
        return !outer.path().equals(scope.path()) && first.recomputed().equals(Optional.of(scope.path()));
    }

    /** {@code assembly.view(MAXPOOL2, FLATTEN1);} */
    private CodeBlock view(PlannedCall call, ClassName from) {
        return CodeBlock.of(
                "assembly.view($L, $L);\n",
                names.tensor(call.call().inputs().get(0)).in(from),
                names.tensor(call.call().output().id()).in(from));
    }

    private static boolean isTrainOnly(Scope.Item item) {
        if (item instanceof Scope.ScopeItem inner) {
            return inner.scope().items().stream().allMatch(ScopeEmitter::isTrainOnly);
        }
        return ((Scope.CallItem) item).call().call().node().trainOnly();
    }
}
