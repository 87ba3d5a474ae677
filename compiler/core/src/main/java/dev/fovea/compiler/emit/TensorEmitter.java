package dev.fovea.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.fovea.compiler.plan.Place;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.PlannedTensor;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** The constant of a tensor: its shape and its places in the two arenas. */
final class TensorEmitter {
    private final Plan plan;
    private final Names names;

    TensorEmitter(Plan plan, Names names) {
        this.plan = plan;
        this.names = names;
    }

    FieldSpec constant(int id) {
        PlannedTensor tensor = plan.tensors().get(id);
        if (tensor == null) {
            throw new IllegalStateException("no plan for tensor " + id);
        }
        return FieldSpec.builder(
                        RuntimeNames.TENSOR, names.tensor(id).name(), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(CodeBlock.of(
                        "$T.of($L, $L, $L, $L)",
                        RuntimeNames.TENSOR,
                        Literals.of(tensor.node().shape()),
                        offset(Optional.of(tensor.value())),
                        offset(tensor.gradient()),
                        offset(tensor.inference())))
                .build();
    }

    private static CodeBlock offset(Optional<Place> place) {
        return Literals.offset(place.map(Place::offset).orElse(-1L));
    }
}
