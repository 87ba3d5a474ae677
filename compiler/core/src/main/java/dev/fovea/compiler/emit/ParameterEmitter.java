package dev.fovea.compiler.emit;

import com.palantir.javapoet.FieldSpec;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.PlannedParameter;
import javax.lang.model.element.Modifier;

/** The constant of a parameter: its whole name, what it is, and its place. */
final class ParameterEmitter {
    private final Plan plan;
    private final Names names;

    ParameterEmitter(Plan plan, Names names) {
        this.plan = plan;
        this.names = names;
    }

    FieldSpec constant(int index) {
        PlannedParameter planned = plan.parameters().get(index);
        if (planned == null) {
            throw new IllegalStateException("no plan for parameter " + index);
        }
        GraphParameter parameter = planned.parameter();
        return FieldSpec.builder(
                        RuntimeNames.MODEL_PARAMETER,
                        names.parameter(index).name(),
                        Modifier.PRIVATE,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .initializer(
                        "new $T($S, $L, $L, $L)",
                        RuntimeNames.MODEL_PARAMETER,
                        parameter.name(),
                        Literals.of(parameter.parameter()),
                        Literals.offset(planned.offset()),
                        parameter.trainOnly())
                .build();
    }
}
