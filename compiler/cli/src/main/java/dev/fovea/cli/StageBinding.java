package dev.fovea.cli;

import dev.fovea.compiler.graph.Recipe.Stage;
import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Rbm;
import dev.fovea.ops.recipe.StackedLayer;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import java.util.List;
import java.util.Optional;

/** Binds the kernels of a phase that trains one layer by itself, there and back, to kernels that only count. */
final class StageBinding {
    private final Kernels kernels;
    private final int batch;

    StageBinding(Kernels kernels, int batch) {
        this.kernels = kernels;
        this.batch = batch;
    }

    void bind(Stage stage) {
        StackedLayer layer = stage.layer();
        boolean isRbm = stage.method() instanceof Rbm; // whose way back is not differentiated
        Operand seen = new Operand(layer.input(), region(batch * layer.input().size(), layer.input()), null);
        Operand sums = trained(layer.code());
        Operand code = layer.activation().isPresent() ? trained(layer.code()) : sums;
        bind(layer.op(), seen, sums, true);
        layer.activation().ifPresent(op -> bind(op, sums, code, true));
        Operand read = isRbm ? new Operand(code.shape(), code.value(), null) : code;
        bind(stage.decoder(), read, trained(layer.input()), !isRbm);
    }

    private void bind(Op op, Operand input, Operand output, boolean moved) {
        List<Shape> shapes = List.of(input.shape());
        List<ParameterOperand> parameters = op.def().parameters(op, shapes, output.shape()).stream()
                .map(parameter -> parameter(parameter, moved))
                .toList();
        Saved saved = op.def().saved(op, shapes, output.shape());
        kernels.bind(new Binding(
                op.name(),
                op,
                Optional.empty(),
                List.of(input),
                output,
                parameters,
                saved.perSample() > 0
                        ? Optional.of(
                                new Region(kernels.allocate("saved", batch * saved.perSample()), 0, saved.perSample()))
                        : Optional.empty(),
                saved.perBatch() > 0
                        ? Optional.of(new Region(kernels.allocate("saved", saved.perBatch()), 0, 0))
                        : Optional.empty(),
                batch,
                0));
    }

    private ParameterOperand parameter(Parameter parameter, boolean moved) {
        long floats = parameter.shape().size();
        Gradient gradient = moved && parameter.isTrainable()
                ? new Gradient(new Region(kernels.allocate("gradient", floats), 0, 0), false)
                : null;
        return new ParameterOperand(parameter, new Region(kernels.allocate("parameter", floats), 0, 0), gradient);
    }

    private Operand trained(Shape shape) {
        long floats = batch * shape.size();
        return new Operand(shape, region(floats, shape), new Gradient(region(floats, shape), false));
    }

    private Region region(long floats, Shape shape) {
        return new Region(kernels.allocate("tensor", floats), 0, shape.size());
    }
}
