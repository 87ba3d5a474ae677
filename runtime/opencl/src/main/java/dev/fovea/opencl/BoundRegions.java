package dev.fovea.opencl;

import dev.fovea.opencl.Steps.Step;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import java.util.Optional;

/** The regions of a binding, each checked when it is asked for. */
record BoundRegions(Binding binding, ClWork work) {
    /** The values of an input. */
    DeviceRegion input(int index) {
        return value(binding.inputs().get(index));
    }

    /** The values of the output. */
    DeviceRegion output() {
        return value(binding.output());
    }

    /** Where the gradient of an input goes, if anybody asks for it and the gradient of the output is there. */
    Optional<Target> inputGradient(int index) {
        return binding.output().gradient() == null
                ? Optional.empty()
                : target(binding.inputs().get(index));
    }

    /** The gradient of the output, if there is one. */
    Optional<DeviceRegion> outputGradient() {
        return target(binding.output()).map(Target::region);
    }

    /** The values of a parameter; of all samples the same. */
    DeviceRegion parameter(int index) {
        ParameterOperand parameter = binding.parameters().get(index);
        return work.region(parameter.value(), parameter.parameter().shape(), 1);
    }

    /** Where the gradient of a parameter goes, if anybody asks for it and the gradient of the output is there. */
    Optional<Target> parameterGradient(int index) {
        ParameterOperand parameter = binding.parameters().get(index);
        Gradient gradient = parameter.gradient();
        return gradient == null || binding.output().gradient() == null
                ? Optional.empty()
                : Optional.of(new Target(
                        work.region(gradient.region(), parameter.parameter().shape(), 1), gradient.accumulate()));
    }

    /** A launch with one item for each element of what a kernel writes. */
    Step elements(ClKernel kernel, DeviceRegion written) {
        Grid grid = work.elementGrid(kernel, written.size());
        return batch -> kernel.launch(work.queue(), grid.items(written.size(), batch));
    }

    /** What forward saves for each sample, in floats a sample. */
    Optional<DeviceRegion> saved(long size) {
        return binding.saved().map(region -> DeviceRegion.of(work.queue(), region, size, binding.capacity()));
    }

    /**
     * A gradient to be written.
     *
     * @param region where
     * @param accumulate whether it is added to what is there
     */
    record Target(DeviceRegion region, boolean accumulate) {}

    private DeviceRegion value(Operand operand) {
        return work.region(operand.value(), operand.shape(), binding.capacity());
    }

    private Optional<Target> target(Operand operand) {
        Gradient gradient = operand.gradient();
        return gradient == null
                ? Optional.empty()
                : Optional.of(new Target(
                        work.region(gradient.region(), operand.shape(), binding.capacity()), gradient.accumulate()));
    }
}
