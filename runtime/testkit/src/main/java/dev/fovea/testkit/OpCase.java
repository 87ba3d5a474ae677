package dev.fovea.testkit;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import dev.fovea.testkit.oracle.Call;
import dev.fovea.testkit.oracle.DoubleTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A sample of an operator with numbers in it.
 *
 * @param op the operator
 * @param activation fused behind it
 * @param batch the samples: different from every extent
 * @param shapes of the inputs
 * @param output the shape the operator's rule infers
 * @param declared the operator's parameters
 * @param inputs the values of each input, all samples
 * @param parameters the values of each parameter
 * @param seed of the numbers
 */
record OpCase(
        Op op,
        Optional<Op> activation,
        int batch,
        List<Shape> shapes,
        Shape output,
        List<Parameter> declared,
        List<float[]> inputs,
        List<float[]> parameters,
        long seed) {

    /** A sample filled with ramps up to ±{@code scale}; another seed gives another order. */
    static OpCase of(OpDef.Sample sample, double scale, long seed) {
        Op op = sample.op();
        Shape output = infer(sample);
        int batch = batchFor(sample.inputs(), output);
        List<Parameter> declared = op.def().parameters(op, sample.inputs(), output);
        List<float[]> inputs = new ArrayList<>();
        for (int i = 0; i < sample.inputs().size(); i++) {
            int size = batch * Math.toIntExact(sample.inputs().get(i).size());
            inputs.add(numbers(sample, i, size, scale, seed + i));
        }
        List<float[]> parameters = new ArrayList<>();
        for (Parameter parameter : declared) {
            boolean positive = parameter.initializer().equals(Initializer.ONES);
            int size = Math.toIntExact(parameter.shape().size());
            parameters.add(Ramp.between(positive ? 0.5 : -1, positive ? 1.5 : 1, size, seed + 31L * parameters.size()));
        }
        return new OpCase(op, Optional.empty(), batch, sample.inputs(), output, declared, inputs, parameters, seed);
    }

    /** A loss's target keeps off its prediction, where an absolute difference has a kink. */
    private static float[] numbers(OpDef.Sample sample, int input, int size, double scale, long seed) {
        OpDef<?> def = sample.op().def();
        if (!def.hasGradient(input)) {
            return Ramp.labels(sample.inputs().get(0).channels(), size, seed);
        }
        if (def.isProbability(input)) {
            return Ramp.between(0.05, 0.95, size, seed);
        }
        double largest = def.has(Trait.LOSS) && input > 0 ? 0.9 * scale : scale;
        return Ramp.between(-largest, largest, size, seed);
    }

    /** The same numbers with an activation fused behind the operator. */
    OpCase with(Op fused) {
        return new OpCase(op, Optional.of(fused), batch, shapes, output, declared, inputs, parameters, seed);
    }

    /** The gradient of the output, all samples. */
    float[] upstream() {
        return Ramp.between(-1, 1, batch * Math.toIntExact(output.size()), seed + 1000);
    }

    private static Shape infer(OpDef.Sample sample) {
        try {
            return sample.op().def().infer(sample.op(), sample.inputs(), Findings.NONE);
        } catch (Misfit misfit) {
            throw new AssertionError("the shape rule refuses the sample " + sample + ": " + misfit.label(), misfit);
        }
    }

    /** The least number of at least 2 that is no extent of the inputs or the output. */
    static int batchFor(List<Shape> inputs, Shape output) {
        List<Integer> taken = Stream.concat(inputs.stream(), Stream.of(output))
                .flatMap(shape -> shape.extents().stream())
                .toList();
        int batch = 2;
        while (taken.contains(batch)) {
            batch++;
        }
        return batch;
    }

    /** The same for the oracle. */
    Call<Op> call(boolean training) {
        List<DoubleTensor> tensors = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            tensors.add(filled(DoubleTensor.batch(batch, shapes.get(i)), inputs.get(i)));
        }
        List<DoubleTensor> owned = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            int[] extents = declared.get(i).shape().extents().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            owned.add(filled(DoubleTensor.of(extents), parameters.get(i)));
        }
        return new Call<>(op, tensors, owned, training);
    }

    private static DoubleTensor filled(DoubleTensor tensor, float[] values) {
        for (int i = 0; i < values.length; i++) {
            tensor.values()[i] = values[i];
        }
        return tensor;
    }
}
