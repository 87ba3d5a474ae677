package dev.fovea.testkit;

import dev.fovea.ops.OpDef;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Reads;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A case bound on a device. The capacity is one sample more than the batch. */
final class Rig implements AutoCloseable {
    /** Of the runs. */
    static final long SEED = 42;
    /** The operator's stream of random numbers. */
    static final int STREAM = 7;

    private final OpCase of;
    private final Wiring wiring;
    private final Arena activations = new Arena();
    private final Arena parameters = new Arena();
    private final List<Slab> inputs = new ArrayList<>();
    private final List<Slab> inputGradients = new ArrayList<>();
    private final List<Slab> owned = new ArrayList<>();
    private final Slab output;
    private final Slab outputGradient;
    private final Memory values;
    private final Memory parameterValues;
    private final Memory parameterGradients;
    private final Kernels kernels;
    private Kernel kernel;
    private final Run run = new Run();

    Rig(Kernels kernels, OpCase of, Wiring wiring) {
        this.kernels = kernels;
        this.of = of;
        this.wiring = wiring;
        int capacity = of.batch() + 1;
        for (Shape shape : of.shapes()) {
            inputs.add(activations.add(shape.size(), capacity, wiring.strided()));
            inputGradients.add(activations.add(shape.size(), capacity, wiring.strided()));
        }
        long size = of.output().size();
        int over = wiring.oneGradient() ? inputs.size() - 1 : 0;
        output = wiring.inPlace() ? inputs.get(over) : activations.add(size, capacity, wiring.strided());
        outputGradient =
                wiring.inPlace() ? inputGradients.get(over) : activations.add(size, capacity, wiring.strided());
        if (wiring.oneGradient()) {
            inputGradients.replaceAll(own -> outputGradient);
        }
        Saved saved = of.op().def().saved(of.op(), of.shapes(), of.output());
        Slab perSample = activations.add(saved.perSample(), capacity, wiring.strided());
        Slab perBatch = activations.add(saved.perBatch());
        for (Parameter parameter : of.declared()) {
            owned.add(parameters.add(parameter.shape().size()));
        }
        values = activations.open(kernels, "activations");
        parameterValues = parameters.open(kernels, "parameters");
        parameterGradients = parameters.open(kernels, "gradients");
        kernel = kernels.bind(
                binding(capacity, region(saved.perSample(), perSample), region(saved.perBatch(), perBatch)));
        for (int i = 0; i < owned.size(); i++) {
            owned.get(i).write(parameterValues, of.parameters().get(i));
        }
    }

    private Binding binding(int capacity, Optional<Region> saved, Optional<Region> savedPerBatch) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            operands.add(new Operand(of.shapes().get(i), inputs.get(i).in(values), inputGradient(i)));
        }
        List<ParameterOperand> declared = new ArrayList<>();
        for (int i = 0; i < owned.size(); i++) {
            Parameter parameter = of.declared().get(i);
            Gradient gradient = wiring.training() && parameter.isTrainable()
                    ? new Gradient(owned.get(i).in(parameterGradients), wiring.accumulate())
                    : null;
            declared.add(new ParameterOperand(parameter, owned.get(i).in(parameterValues), gradient));
        }
        Gradient upstream = wiring.training() ? new Gradient(outputGradient.in(values), false) : null;
        return new Binding(
                "test",
                of.op(),
                of.activation(),
                operands,
                new Operand(of.output(), output.in(values), upstream),
                declared,
                saved,
                savedPerBatch,
                capacity,
                STREAM);
    }

    private @Nullable Gradient inputGradient(int input) {
        return wiring.inputGradients() && of.op().def().hasGradient(input)
                ? new Gradient(inputGradients.get(input).in(values), wiring.accumulate())
                : null;
    }

    private Optional<Region> region(long floats, Slab slab) {
        return floats > 0 && wiring.training() ? Optional.of(slab.in(values)) : Optional.empty();
    }

    /** From now on forward and backward are done piece by piece, as {@link Kernel#parts} says. */
    void byParts() {
        Kernel whole = kernel;
        kernel = new Kernel() {
            @Override
            public void forward(Run run) {
                whole.parts().stream()
                        .filter(part -> part.pass() == Pass.FORWARD)
                        .forEach(part -> part.work().run(run));
            }

            @Override
            public void backward(Run run) {
                whole.parts().stream()
                        .filter(part -> part.pass() != Pass.FORWARD)
                        .forEach(part -> part.work().run(run));
            }
        };
    }

    /** Runs forward on the first samples of these inputs. */
    void forward(List<float[]> numbers, int batch, long step) {
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).write(values, numbers.get(i));
        }
        for (int i = 0; i < owned.size(); i++) {
            if (of.declared().get(i).role() == Parameter.Role.STATE) {
                owned.get(i).write(parameterValues, of.parameters().get(i));
            }
        }
        kernel.forward(run.set(batch, wiring.training(), SEED, step));
        kernels.finish();
    }

    /**
     * Runs backward. Beforehand all that the operator does not say it reads is spoilt, and the gradients hold {@code
     * before}: NaN, or where they are added to, a number.
     */
    void backward(float before) {
        OpDef<?> def = of.op().def();
        if (!wiring.inPlace()) {
            for (int i = 0; i < inputs.size(); i++) {
                if (!def.reads(Reads.INPUTS)) {
                    inputs.get(i).fill(values, of.batch(), Float.NaN);
                }
                if (inputGradient(i) != null) {
                    inputGradients.get(i).fill(values, of.batch(), before);
                }
            }
            if (!def.reads(Reads.OUTPUT) && of.activation().isEmpty()) {
                output.fill(values, of.batch(), Float.NaN);
            }
        }
        for (int i = 0; i < owned.size(); i++) {
            if (of.declared().get(i).isTrainable()) {
                owned.get(i).fill(parameterGradients, 1, before);
            }
        }
        outputGradient.write(values, of.upstream());
        kernel.backward(run);
        kernels.finish();
    }

    /** Runs forward and backward on whatever the tensors hold: for counting what that costs. */
    void step() {
        kernel.forward(run.set(of.batch(), true, SEED, 0));
        kernel.backward(run);
    }

    float[] output(int batch) {
        return output.read(values, batch);
    }

    float[] inputGradientValues(int input) {
        return inputGradients.get(input).read(values, of.batch());
    }

    float[] parameterValues(int parameter) {
        return owned.get(parameter).read(parameterValues, 1);
    }

    float[] parameterGradientValues(int parameter) {
        return owned.get(parameter).read(parameterGradients, 1);
    }

    /** Asserts that the kernel wrote nowhere but into its tensors. */
    void checkUntouched() {
        activations.checkUntouched(values, of.batch());
        parameters.checkUntouched(parameterValues, 1);
        parameters.checkUntouched(parameterGradients, 1);
    }

    @Override
    public void close() {
        values.close();
        parameterValues.close();
        parameterGradients.close();
    }
}
