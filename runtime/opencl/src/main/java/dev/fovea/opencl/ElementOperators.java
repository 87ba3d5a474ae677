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
        Target y = new Target(regions.output(), false);
        return new Steps(hand(regions.input(0), y, binding.capacity(), work), handBack(regions));
    }

    /** The input handed on, and a gradient of zero: there is nothing to add where gradients are added to. */
    static Kernel stopGradient(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Target y = new Target(regions.output(), false);
        List<Step> backward = regions
                .inputGradient(0)
                .filter(dx -> !dx.accumulate())
                .<Step>map(dx -> ElementKernels.clear(work, binding.capacity(), dx.region())::run)
                .stream()
                .toList();
        return new Steps(hand(regions.input(0), y, binding.capacity(), work), backward);
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
            return new Steps(forward, handBack(regions));
        }
        forward.addAll(hand(regions.input(0), new Target(y, false), capacity, work));
        for (int i = 1; i < inputs; i++) {
            forward.addAll(hand(regions.input(i), new Target(y, true), capacity, work));
        }
        binding.activation()
                .ifPresent(op ->
                        forward.add(ElementKernels.activation(work, FusedActivation.of(op), capacity, y, y)::run));
        return new Steps(forward, handBack(regions));
    }

    /** The gradient of the output becomes that of each input. */
    static List<Step> handBack(BoundRegions regions) {
        Binding binding = regions.binding();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < binding.inputs().size(); i++) {
            regions.inputGradient(i)
                    .ifPresent(dx -> steps.addAll(
                            hand(regions.outputGradient().orElseThrow(), dx, binding.capacity(), regions.work())));
        }
        return steps;
    }

    /** A copy, or what is to be added; nothing where they are the same memory. */
    static List<Step> hand(DeviceRegion from, Target to, int capacity, ClWork work) {
        return to.accumulate() || !from.isSameAs(to.region())
                ? List.of(ElementKernels.copy(work, capacity, from, to.region(), to.accumulate())::run)
                : List.of();
    }
}
