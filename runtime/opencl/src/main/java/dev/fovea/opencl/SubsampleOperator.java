package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Subsample;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link Subsample}, with the kernels of {@code subsample.cl}. */
final class SubsampleOperator {
    private static final String FILE = "subsample.cl";

    private SubsampleOperator() {}

    static Kernel bind(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Shape input = binding.input().shape();
        Shape output = binding.output().shape();
        Subsample op = (Subsample) binding.op();
        int items = work.reductionItems(output.area());
        Defines defines = new Defines()
                .with("CHANNELS", input.channels())
                .with("HEIGHT", input.height())
                .with("WIDTH", input.width())
                .with("OUT_HEIGHT", output.height())
                .with("OUT_WIDTH", output.width())
                .with("KERNEL_H", op.kernel().height())
                .with("KERNEL_W", op.kernel().width())
                .with("ITEMS", items);
        DeviceRegion x = regions.input(0);
        DeviceRegion weight = regions.parameter(0);
        ClKernel forward = work.kernel(FILE, defines, "subsample_forward");
        int next = forward.setFirst(x, regions.output(), weight, regions.parameter(1));
        FusedActivation.of(binding.activation()).set(forward, next);

        List<Step> backward = new ArrayList<>();
        Optional<DeviceRegion> dy = regions.outputGradient();
        if (dy.isPresent()) {
            Optional<Target> dw = regions.parameterGradient(0);
            if (dw.isPresent()) {
                ClKernel kernel = work.kernel(FILE, defines, "subsample_weight");
                int last = kernel.setFirst(dy.get(), x, dw.get().region());
                kernel.set(last, dw.get().accumulate());
                Grid grid = new Grid(items).items((long) items * input.channels());
                backward.add(batch -> {
                    kernel.set(last + 1, batch);
                    kernel.launch(work.queue(), grid);
                });
            }
            regions.parameterGradient(1)
                    .ifPresent(db ->
                            backward.add(new ChannelSum(dy.get(), db, output.area(), binding.capacity(), work)::run));
            Optional<Target> dx = regions.inputGradient(0);
            if (dx.isPresent()) {
                ClKernel kernel = work.kernel(FILE, defines, "subsample_input");
                int last = kernel.setFirst(dy.get(), dx.get().region(), weight);
                kernel.set(last, dx.get().accumulate());
                backward.add(regions.elements(kernel, dx.get().region()));
            }
        }
        return new Steps(List.of(regions.elements(forward, regions.output())), backward);
    }
}
