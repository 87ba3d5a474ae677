package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Conv;
import dev.fovea.ops.Depthwise;
import dev.fovea.ops.Local;
import dev.fovea.ops.PaddingMode;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Convolutions with the kernels of {@code direct.cl}, element by element. */
final class DirectConvolution {
    private static final String FILE = "direct.cl";

    private final Binding binding;
    private final ClWork work;
    private final BoundRegions regions;
    private final ConvolutionShape shape;
    private final boolean shared;
    private final FusedActivation activation;
    private final Defines defines;
    private final int items;
    private final DeviceRegion weight;
    private final ClBuffer table;

    private DirectConvolution(Binding binding, ClWork work, Conv conv, boolean shared, Optional<ClBuffer> connections) {
        this.binding = binding;
        this.work = work;
        this.shared = shared;
        regions = new BoundRegions(binding, work);
        shape = ConvolutionShape.of(conv, binding.input().shape());
        items = work.reductionItems(shape.outputArea());
        activation = FusedActivation.of(binding.activation());
        defines = shape.defines()
                .with("SHARED", shared)
                .with("BIAS", conv.bias())
                .with("ITEMS", items)
                .with(FusedActivation.asArgument());
        weight = regions.parameter(0);
        table = connections.orElse(weight.buffer());
    }

    /** A convolution whose channels are on their own, or whose padding repeats the input. */
    static Kernel of(Binding binding, ClWork work, Conv conv, Optional<ClBuffer> connections) {
        return new DirectConvolution(binding, work, conv, true, connections).bind();
    }

    /** A convolution of each channel by itself. */
    static Kernel depthwise(Binding binding, ClWork work) {
        Conv conv =
                ((Depthwise) binding.op()).convolution(binding.input().shape().channels());
        return of(binding, work, conv, Optional.empty());
    }

    /** A convolution whose positions share no weights. */
    static Kernel local(Binding binding, ClWork work) {
        Conv conv = ((Local) binding.op()).convolution();
        return new DirectConvolution(binding, work, conv, false, Optional.empty()).bind();
    }

    static int mode(PaddingMode mode) {
        return switch (mode) {
            case ZEROS -> 0;
            case REFLECT -> 1;
            case REPLICATE -> 2;
            case CIRCULAR -> 3;
        };
    }

    private Kernel bind() {
        List<Step> backward = new ArrayList<>();
        Optional<DeviceRegion> dy = regions.outputGradient();
        if (dy.isPresent()) {
            regions.parameterGradient(0).ifPresent(dw -> backward.add(weightGradient(dy.get(), dw)));
            if (binding.parameters().size() > 1) {
                int area = shared ? shape.outputArea() : 1;
                regions.parameterGradient(1)
                        .ifPresent(
                                db -> backward.add(new ChannelSum(dy.get(), db, area, binding.capacity(), work)::run));
            }
            regions.inputGradient(0).ifPresent(dx -> backward.add(inputGradient(dy.get(), dx)));
        }
        return new Steps(List.of(forward()), backward);
    }

    private Step forward() {
        ClKernel kernel = work.kernel(FILE, defines, "direct_forward");
        DeviceRegion bias = binding.parameters().size() > 1 ? regions.parameter(1) : weight;
        int next = kernel.setFirst(weight, regions.input(0), regions.output());
        kernel.set(next, bias.buffer()).set(next + 1, bias.offset()).set(next + 2, table);
        activation.set(kernel, next + 3);
        return regions.elements(kernel, regions.output());
    }

    private Step inputGradient(DeviceRegion dy, Target dx) {
        ClKernel kernel = work.kernel(FILE, defines, "direct_input");
        int next = kernel.setFirst(weight, dy, dx.region());
        kernel.set(next, table).set(next + 1, dx.accumulate());
        return regions.elements(kernel, dx.region());
    }

    private Step weightGradient(DeviceRegion dy, Target dw) {
        ClKernel kernel = work.kernel(FILE, defines, shared ? "direct_weight" : "direct_position_weight");
        int next = kernel.setFirst(dy, regions.input(0), dw.region());
        kernel.set(next, table).set(next + 1, dw.accumulate());
        long weights = dw.region().size();
        Grid grid = shared
                ? new Grid(items).items(items * weights)
                : work.elementGrid(kernel, weights).items(weights, 1);
        return batch -> {
            kernel.set(next + 2, batch);
            kernel.launch(work.queue(), grid);
        };
    }
}
