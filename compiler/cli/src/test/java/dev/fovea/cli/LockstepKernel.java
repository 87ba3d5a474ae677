package dev.fovea.cli;

import dev.fovea.cli.LockstepKernels.Stride;
import dev.fovea.ops.Parameter.Role;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;

/**
 * An operator on two devices. Compares what it writes: forward its output and running statistics, backward the gradients of its inputs
 * and parameters.
 *
 * @param expected on the device that is the measure
 * @param actual on the device that is measured
 * @param binding to memory of both
 * @param stride whether the second device goes on from what the first made
 * @param comparison takes what was found
 */
record LockstepKernel(Kernel expected, Kernel actual, Binding binding, Stride stride, Comparison comparison)
        implements Kernel {
    @Override
    public void forward(Run run) {
        expected.forward(run);
        actual.forward(run);
        Operand output = binding.output();
        compare(
                isLoss() ? "loss" : "value",
                binding.name(),
                output.value(),
                output.shape().size(),
                run.batch(),
                0);
        for (ParameterOperand parameter : binding.parameters()) {
            if (run.training() && parameter.parameter().role() == Role.STATE) {
                compare("statistics", parameter, parameter.value(), 0);
            }
        }
    }

    @Override
    public void backward(Run run) {
        double terms = terms(run.batch()); // an operator that works in place overwrites what this is made from
        expected.backward(run);
        actual.backward(run);
        for (int i = 0; i < binding.inputs().size(); i++) {
            Operand input = binding.inputs().get(i);
            Gradient gradient = input.gradient();
            if (gradient != null) {
                String name = binding.name() + ", input " + i;
                compare("input gradient", name, gradient.region(), input.shape().size(), run.batch(), 0);
            }
        }
        for (ParameterOperand parameter : binding.parameters()) {
            Gradient gradient = parameter.gradient();
            if (gradient != null) {
                compare("gradient", parameter, gradient.region(), isOfChannels(parameter) ? terms : 0);
            }
        }
    }

    /**
     * How long the gradient of a bias could be, were all n terms of each channel's sum of one sign: Σ|dy| ≤ √n·‖dy‖ (Cauchy and Schwarz). Of a
     * norm's weight as well, whose terms are dy·x̂ with ‖x̂‖ = √n.
     */
    private double terms(int batch) {
        Gradient gradient = binding.output().gradient();
        if (gradient == null) {
            return 0;
        }
        Region region = gradient.region();
        Shape shape = binding.output().shape();
        float[] dy = LockstepMemory.read(LockstepMemory.of(region).expected(), region, shape.size(), batch);
        return Math.sqrt((double) batch * shape.area()) * Comparison.length(dy);
    }

    private boolean isOfChannels(ParameterOperand parameter) {
        return parameter.parameter().shape().size() == binding.output().shape().channels();
    }

    /** Layers are numbered from 0 on, losses backwards from −1. */
    private boolean isLoss() {
        return binding.stream() < 0;
    }

    private void compare(String kind, ParameterOperand parameter, Region region, double terms) {
        String name = binding.name() + "." + parameter.parameter().name();
        compare(kind, name, region, parameter.parameter().shape().size(), 1, terms);
    }

    private void compare(String kind, String name, Region region, long size, int batch, double terms) {
        LockstepMemory memory = LockstepMemory.of(region);
        comparison.sum(
                kind,
                name,
                LockstepMemory.read(memory.actual(), region, size, batch),
                LockstepMemory.read(memory.expected(), region, size, batch),
                terms);
        if (stride == Stride.KERNEL) {
            LockstepMemory.align(region, size, batch);
        }
    }
}
