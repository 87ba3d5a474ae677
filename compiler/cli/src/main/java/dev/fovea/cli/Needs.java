package dev.fovea.cli;

import dev.fovea.ops.Add;
import dev.fovea.ops.OpDef;
import dev.fovea.ops.Reads;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import java.util.List;

/**
 * What a part of a kernel cannot do without: the multiply-adds of the direct product, and the floats that move when every tensor is
 * read or written once (one that is added to both).
 */
final class Needs {
    private final Binding binding;
    private final List<Binding> absorbed;
    private final OpDef<?> def;
    private final int batch;

    /**
     * Of a bound operator.
     *
     * @param absorbed what it does as well
     * @param batch samples in a step
     */
    Needs(Binding binding, List<Binding> absorbed, int batch) {
        this.binding = binding;
        this.absorbed = absorbed;
        this.def = binding.op().def();
        this.batch = batch;
    }

    /** Floating-point operations, a multiply-add counted as two; 0 where memory bounds. */
    double flops(Pass pass) {
        double product = 2.0
                * batch
                * def.macs(binding.op(), binding.inputShapes(), binding.output().shape());
        return switch (pass) {
            case FORWARD, INPUT_GRADIENT, WEIGHT_GRADIENT -> product;
            case BACKWARD -> product * gradients();
            case ACTIVATION_GRADIENT, BIAS_GRADIENT -> 0;
        };
    }

    /** The share of the direct product's multiplications that an algorithm makes at least. */
    static double multiplied(String algorithm) {
        return algorithm.equals(KernelPart.WINOGRAD) ? 36.0 / 144 : 1;
    }

    /** Products that a backward in one piece makes: for the input, for the weight. */
    private int gradients() {
        boolean weight = binding.parameters().stream().anyMatch(parameter -> parameter.gradient() != null);
        return (binding.input().gradient() == null ? 0 : 1) + (weight ? 1 : 0);
    }

    /** Bytes. */
    double bytes(KernelPart part) {
        return Float.BYTES
                * switch (part.pass()) {
                    case FORWARD -> forward();
                    case ACTIVATION_GRADIENT -> 3 * output();
                    case INPUT_GRADIENT -> output() + weights() + inputGradients();
                    case WEIGHT_GRADIENT -> inputs() + output() + parameterGradients(0, 1);
                    case BIAS_GRADIENT ->
                        (part.algorithm().equals(KernelPart.GIVEN) ? planes() : output())
                                + parameterGradients(1, binding.parameters().size());
                    case BACKWARD -> backward();
                };
    }

    /** Sums of planes of the output. */
    private double planes() {
        return (double) batch * binding.output().shape().channels();
    }

    private double forward() {
        List<Long> pieces = pieces();
        if (!pieces.isEmpty()) {
            double moved = 0;
            for (int i = 0; i < pieces.size(); i++) {
                Operand input = binding.inputs().get(i);
                moved += input.value().equals(piece(binding.output().value(), pieces.get(i))) ? 0 : 2 * floats(input);
            }
            return moved;
        }
        double others = 0;
        for (Binding next : absorbed) {
            // One of them is the output itself.
            others += (next.inputs().size() - 1) * output();
        }
        return inputs() + output() + weights() + saved() + others;
    }

    private double backward() {
        List<Long> pieces = pieces();
        Gradient outer = binding.output().gradient();
        if (outer == null) {
            return 0;
        }
        if (!pieces.isEmpty()) {
            double moved = 0;
            for (int i = 0; i < pieces.size(); i++) {
                Gradient gradient = binding.inputs().get(i).gradient();
                boolean inPlace = gradient == null || gradient.region().equals(piece(outer.region(), pieces.get(i)));
                moved += inPlace
                        ? 0
                        : floats(binding.inputs().get(i))
                                + written(binding.inputs().get(i));
            }
            return moved;
        }
        double written = 0;
        for (Operand input : binding.inputs()) {
            Gradient gradient = input.gradient();
            // A sum's gradient that lies where the output's does is there already.
            boolean there = binding.op() instanceof Add
                    && gradient != null
                    && gradient.region().equals(outer.region());
            written += there ? 0 : written(input);
        }
        if (binding.op() instanceof Add && written == 0) {
            return 0;
        }
        return output()
                + (def.reads(Reads.INPUTS) ? inputs() : 0)
                + (def.reads(Reads.OUTPUT) ? output() : 0)
                + (def.reads(Reads.SAVED) ? saved() : 0)
                + weights()
                + parameterGradients(0, binding.parameters().size())
                + written;
    }

    /** Where its inputs lie in the output, if it is nothing but its inputs. */
    private List<Long> pieces() {
        return def.pieces(binding.op(), binding.inputShapes(), binding.output().shape());
    }

    private static Region piece(Region whole, long at) {
        return new Region(whole.memory(), whole.offset() + at, whole.stride());
    }

    private double inputs() {
        return binding.inputs().stream().mapToDouble(this::floats).sum();
    }

    private double output() {
        return floats(binding.output());
    }

    private double floats(Operand operand) {
        return (double) batch * operand.shape().size();
    }

    private double inputGradients() {
        return binding.inputs().stream().mapToDouble(this::written).sum();
    }

    /** Floats moved to write an input's gradient, if anybody asks for it. */
    private double written(Operand input) {
        Gradient gradient = input.gradient();
        return gradient == null ? 0 : floats(input) * (gradient.accumulate() ? 2 : 1);
    }

    private double weights() {
        return binding.parameters().stream()
                .map(ParameterOperand::parameter)
                .mapToDouble(parameter -> parameter.shape().size())
                .sum();
    }

    private double parameterGradients(int from, int to) {
        double floats = 0;
        for (ParameterOperand parameter : binding.parameters().subList(from, to)) {
            Gradient gradient = parameter.gradient();
            if (gradient != null) {
                floats += (double) parameter.parameter().shape().size() * (gradient.accumulate() ? 2 : 1);
            }
        }
        return floats;
    }

    /** What forward keeps for backward, where it does. */
    private double saved() {
        Shape output = binding.output().shape();
        double floats = 0;
        if (binding.saved().isPresent()) {
            floats += (double) batch
                    * def.saved(binding.op(), binding.inputShapes(), output).perSample();
        }
        if (binding.savedPerBatch().isPresent()) {
            floats += def.saved(binding.op(), binding.inputShapes(), output).perBatch();
        }
        return floats;
    }
}
