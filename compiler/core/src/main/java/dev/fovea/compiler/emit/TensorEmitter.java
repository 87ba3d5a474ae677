package dev.fovea.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.fovea.compiler.plan.Place;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.PlannedTensor;
import java.util.Optional;
import java.util.stream.Stream;
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
                .initializer(initializer(tensor))
                .build();
    }

    private static CodeBlock initializer(PlannedTensor tensor) {
        long size = tensor.node().shape().size();
        Optional<Place> value = Optional.of(tensor.value());
        boolean dense = Stream.of(value, tensor.gradient(), tensor.inference())
                .flatMap(Optional::stream)
                .allMatch(place -> place.stride() == size);
        CodeBlock shape = Literals.of(tensor.node().shape());
        return dense
                ? CodeBlock.of(
                        "$T.of($L, $L, $L, $L)",
                        RuntimeNames.TENSOR,
                        shape,
                        offset(value),
                        offset(tensor.gradient()),
                        offset(tensor.inference()))
                : CodeBlock.of(
                        "new $T($L, $L, $L, $L)",
                        RuntimeNames.TENSOR,
                        shape,
                        slot(value),
                        slot(tensor.gradient()),
                        slot(tensor.inference()));
    }

    private static CodeBlock offset(Optional<Place> place) {
        return Literals.offset(place.map(Place::offset).orElse(-1L));
    }

    /** {@code new Slot(1024, 64, 256)}: a piece of a wider tensor. */
    private static CodeBlock slot(Optional<Place> place) {
        return place.map(at -> CodeBlock.of(
                        "new $T($L, $L, $L)",
                        RuntimeNames.SLOT,
                        Literals.offset(at.offset()),
                        Literals.offset(at.within()),
                        Literals.offset(at.stride())))
                .orElse(CodeBlock.of("$T.NONE", RuntimeNames.SLOT));
    }
}
