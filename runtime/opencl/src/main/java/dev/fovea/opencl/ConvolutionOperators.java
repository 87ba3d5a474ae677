package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.ProductRequest.Tensors;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Conv;
import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Ends;
import dev.fovea.ops.Pad;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Rearrangement;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.ParameterOperand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Convolution and, as the convolution of a 1 × 1 image, the dense layer: three matrix products over an image that is read
 * where it lies, without being spread out in memory first.
 */
final class ConvolutionOperators {
    private ConvolutionOperators() {}

    /** A convolution. */
    static Kernel convolution(Binding binding, ClWork work) {
        Conv conv = (Conv) binding.op();
        ConvolutionShape shape = ConvolutionShape.of(conv, binding.input().shape());
        Optional<ClBuffer> table = shape.table()
                ? Optional.of(work.table("connections of " + binding.name(), table(conv, shape)))
                : Optional.empty();
        boolean alone = shape.groups() > 1 && shape.inputs() == 1;
        return alone ? DirectConvolution.of(binding, work, conv, table) : bind(binding, shape.flattened(), table, work);
    }

    /**
     * A transposed convolution: the products of the mirrored convolution, whose image is this operator's output and whose
     * output is its input.
     */
    static Kernel transposed(Binding binding, ClWork work) {
        ConvTranspose op = (ConvTranspose) binding.op();
        return transposed(binding, ConvolutionShape.of(op, binding.input().shape()), work);
    }

    private static Kernel transposed(Binding binding, ConvolutionShape shape, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion w = regions.parameter(0);
        boolean hasBias = binding.parameters().size() > 1;
        Tensors values = new Tensors(w, regions.output(), regions.input(0), w.buffer(), binding.capacity());
        Optional<DeviceRegion> bias = hasBias ? Optional.of(regions.parameter(1)) : Optional.empty();
        ConvolutionProduct forward =
                new ConvolutionProduct(ProductRequest.input(shape, values, bias, binding.activation(), false), work);
        List<Step> backward = new ArrayList<>();
        Optional<DeviceRegion> dy = regions.outputGradient();
        if (dy.isPresent()) {
            regions.parameterGradient(0).ifPresent(dw -> {
                Tensors tensors = values.with(dw.region(), dy.get(), values.output());
                backward.add(new WeightGradient(shape, tensors, dw.accumulate(), work)::run);
            });
            if (hasBias) {
                regions.parameterGradient(1)
                        .ifPresent(db -> backward.add(
                                new ChannelSum(dy.get(), db, shape.area(), binding.capacity(), work)::run));
            }
            regions.inputGradient(0).ifPresent(dx -> {
                Tensors tensors = values.with(w, dy.get(), dx.region());
                backward.add(product(
                        ProductRequest.forward(shape, tensors, Optional.empty(), Optional.empty(), dx.accumulate()),
                        work));
            });
        }
        return new Steps(List.of(forward::run), backward);
    }

    /** A dense layer. */
    static Kernel dense(Binding binding, ClWork work) {
        Dense dense = (Dense) binding.op();
        ConvolutionShape shape = ConvolutionShape.of(dense, binding.input().shape());
        return dense.tiedTo().isTied()
                ? transposed(binding, shape.mirrored(), work)
                : bind(binding, shape, Optional.empty(), work);
    }

    /** A row an output channel, a 1 for each input channel it sees. */
    private static float[] table(Conv conv, ConvolutionShape shape) {
        float[] table = new float[shape.outputs() * shape.inputs()];
        for (int output = 0; output < shape.outputs(); output++) {
            for (int seen : conv.connections().get(output)) {
                table[output * shape.inputs() + seen] = 1;
            }
        }
        return table;
    }

    private static Kernel bind(Binding binding, ConvolutionShape shape, Optional<ClBuffer> connections, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        ParameterOperand weight = binding.parameters().get(0);
        DeviceRegion w = work.region(weight.value(), weight.parameter().shape(), 1);
        ClBuffer table = connections.orElse(w.buffer());
        Tensors values = new Tensors(w, regions.input(0), regions.output(), table, binding.capacity());
        ConvolutionProduct forward = new ConvolutionProduct(
                ProductRequest.forward(shape, values, bias(binding, work), binding.activation(), false), work);

        List<Step> backward = new ArrayList<>();
        Optional<DeviceRegion> dy = regions.outputGradient();
        if (dy.isPresent()) {
            Optional<Target> dw = target(weight, work);
            if (dw.isPresent()) {
                Tensors tensors = values.with(dw.get().region(), values.image(), dy.get());
                backward.add(new WeightGradient(shape, tensors, dw.get().accumulate(), work)::run);
            }
            if (binding.parameters().size() > 1) {
                Optional<Target> db = target(binding.parameters().get(1), work);
                if (db.isPresent()) {
                    backward.add(new ChannelSum(dy.get(), db.get(), shape.outputArea(), binding.capacity(), work)::run);
                }
            }
            Optional<Target> dx = regions.inputGradient(0);
            if (dx.isPresent()) {
                Tensors tensors = values.with(w, dx.get().region(), dy.get());
                backward.addAll(
                        inputGradient(shape, tensors, dx.get(), binding.input().shape(), work));
            }
        }
        return new Steps(List.of(forward::run), backward);
    }

    private static Step product(ProductRequest request, ClWork work) {
        return new ConvolutionProduct(request, work)::run;
    }

    /** Where the padding repeats the input, first the gradient of the padded input, then what that means for the input. */
    private static List<Step> inputGradient(
            ConvolutionShape shape, Tensors tensors, Target dx, Shape input, ClWork work) {
        if (shape.mode() == PaddingMode.ZEROS) {
            return List.of(product(
                    ProductRequest.input(shape, tensors, Optional.empty(), Optional.empty(), dx.accumulate()), work));
        }
        ConvolutionShape whole = shape.padded();
        long size = (long) input.channels() * whole.area();
        DeviceRegion padded =
                new DeviceRegion(work.memory("gradients of padded inputs", size * tensors.capacity()), 0, size, size);
        Tensors inner = tensors.with(tensors.weight(), padded, tensors.output());
        Rearrangement map = new Pad(shape.padding(), Ends.NONE, shape.mode()).rearrangement(input);
        return List.of(
                product(ProductRequest.input(whole, inner, Optional.empty(), Optional.empty(), false), work),
                RearrangeOperators.gatherBack(map, padded, dx, work));
    }

    private static Optional<DeviceRegion> bias(Binding binding, ClWork work) {
        if (binding.parameters().size() < 2) {
            return Optional.empty();
        }
        ParameterOperand bias = binding.parameters().get(1);
        return Optional.of(work.region(bias.value(), bias.parameter().shape(), 1));
    }

    private static Optional<Target> target(ParameterOperand parameter, ClWork work) {
        Gradient gradient = parameter.gradient();
        return gradient == null
                ? Optional.empty()
                : Optional.of(new Target(
                        work.region(gradient.region(), parameter.parameter().shape(), 1), gradient.accumulate()));
    }
}
