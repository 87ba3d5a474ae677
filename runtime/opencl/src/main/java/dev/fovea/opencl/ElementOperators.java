package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators that work element by element, with the kernels of {@code elementwise.cl}. */
final class ElementOperators {
    private ElementOperators() {}

    /** An activation that was not fused. Input and output may share their memory, and so may their gradients. */
    static Kernel activation(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        int capacity = binding.capacity();
        DeviceRegion y = regions.output();
        List<Step> forward = List.of(
                ElementKernels.activation(work, FusedActivation.of(binding.op()), capacity, regions.input(0), y)::run);
        List<Step> backward = new ArrayList<>();
        Optional<Target> dx = regions.inputGradient(0);
        if (dx.isPresent()) {
            backward.add(ElementKernels.activationGradient(
                    work,
                    FusedActivation.of(binding.op()),
                    capacity,
                    regions.outputGradient().orElseThrow(),
                    y,
                    dx.get().region(),
                    dx.get().accumulate())::run);
        }
        return new Steps(forward, backward);
    }

    /** The same elements under another name: nothing to do where they are the same memory. */
    static Kernel view(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        List<Step> forward = new ArrayList<>();
        hand(regions.input(0), new Target(regions.output(), false), binding, work, forward);
        return new Steps(forward, handBack(regions, work));
    }

    /** The sum of the inputs. */
    static Kernel add(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        int capacity = binding.capacity();
        int inputs = binding.inputs().size();
        DeviceRegion y = regions.output();
        List<Step> forward = new ArrayList<>();
        if (inputs == 2) {
            forward.add(
                    ElementKernels.add(
                            work,
                            FusedActivation.of(binding.activation()),
                            capacity,
                            regions.input(0),
                            regions.input(1),
                            y)::run);
            return new Steps(forward, handBack(regions, work));
        }
        hand(regions.input(0), new Target(y, false), binding, work, forward);
        for (int i = 1; i < inputs; i++) {
            hand(regions.input(i), new Target(y, true), binding, work, forward);
        }
        binding.activation()
                .ifPresent(op ->
                        forward.add(ElementKernels.activation(work, FusedActivation.of(op), capacity, y, y)::run));
        return new Steps(forward, handBack(regions, work));
    }

    /** The gradient of the output becomes that of each input. */
    private static List<Step> handBack(BoundRegions regions, ClWork work) {
        Binding binding = regions.binding();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < binding.inputs().size(); i++) {
            Optional<Target> dx = regions.inputGradient(i);
            if (dx.isPresent()) {
                hand(regions.outputGradient().orElseThrow(), dx.get(), binding, work, steps);
            }
        }
        return steps;
    }

    private static void hand(DeviceRegion from, Target to, Binding binding, ClWork work, List<Step> steps) {
        if (to.accumulate() || !from.isSameAs(to.region())) {
            steps.add(ElementKernels.copy(work, binding.capacity(), from, to.region(), to.accumulate())::run);
        }
    }
}
