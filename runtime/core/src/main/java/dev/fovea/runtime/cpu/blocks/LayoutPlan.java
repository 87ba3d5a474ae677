package dev.fovea.runtime.cpu.blocks;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which tensors of a model lie in channel blocks, and with them their gradients. Kernels that cannot change the order tie their tensors together; what
 * is written or read from outside, or by a kernel that knows one order only, is planar with all that is tied to it. Of what is left a group lies
 * in blocks where its kernels gain by it; a kernel between two groups has half its gain from each. A group that loses is planar, which may make
 * another lose: until none does.
 */
public final class LayoutPlan {
    /**
     * A kernel that can be told, and the groups of its input and output.
     *
     * @param written the group of its output alone, which may have one order only where the kernel is told of the input's
     */
    private record Choice(Binding binding, Blockable kernel, OrderGroup input, OrderGroup output, OrderGroup written) {
        void addGain() {
            boolean in = input.isOpen();
            boolean out = output.isOpen();
            if (in || out) {
                double share = kernel.gain(in, out) / (in && out ? 2 : 1);
                input.add(in ? share : 0);
                output.add(out ? share : 0);
            }
        }

        void lay() {
            boolean inputInBlocks = input.isInBlocks();
            boolean outputInBlocks = output.isInBlocks();
            if (inputInBlocks || outputInBlocks) {
                kernel.lay(inputInBlocks, outputInBlocks);
            }
        }
    }

    private final WrittenTensors tensors = new WrittenTensors();
    private final List<Choice> choices = new ArrayList<>();

    private LayoutPlan() {}

    /**
     * Tells the kernels of a model how their tensors lie.
     *
     * @param kernels in the order in which they run
     * @param results the tensors that are read when all have run
     * @return what of it has its output in blocks, in the same order
     */
    public static List<Binding> lay(List<BoundKernel> kernels, List<Operand> results) {
        LayoutPlan plan = new LayoutPlan();
        kernels.forEach(plan::add);
        int samples = kernels.stream()
                .mapToInt(bound -> bound.binding().capacity())
                .max()
                .orElse(1);
        results.forEach(result -> plan.tensors.read(place(result, samples)).pin());
        plan.settle();
        plan.choices.forEach(Choice::lay);
        return plan.choices.stream()
                .filter(choice -> choice.written.isInBlocks())
                .map(Choice::binding)
                .toList();
    }

    private void settle() {
        boolean changed = true;
        while (changed) {
            groups().forEach(OrderGroup::forgetGain);
            choices.forEach(Choice::addGain);
            changed = groups().filter(OrderGroup::pinIfLosing).count() > 0;
        }
    }

    private Stream<OrderGroup> groups() {
        return choices.stream().flatMap(choice -> Stream.of(choice.input, choice.output));
    }

    private void add(BoundKernel bound) {
        Binding binding = bound.binding();
        List<OrderGroup> inputs = binding.inputs().stream()
                .map(input -> tensors.read(place(input, binding.capacity())))
                .toList();
        List<OrderGroup> besides = bound.kernel() instanceof Blockable blockable
                ? blockable.besides().stream()
                        .map(region -> tensors.read(beside(region, binding)))
                        .toList()
                : List.of();
        OrderGroup output = tensors.write(place(binding.output(), binding.capacity()));
        if (bound.kernel() instanceof Blockable blockable && blockable.canBlock()) {
            OrderGroup read = united(inputs.stream());
            OrderGroup written = united(Stream.concat(Stream.of(output), besides.stream()));
            OrderGroup all = blockable.reorders() ? written : read.with(written);
            choices.add(new Choice(binding, blockable, blockable.reorders() ? read : all, all, output));
        } else {
            inputs.forEach(OrderGroup::pin);
            besides.forEach(OrderGroup::pin);
            output.pin();
        }
    }

    private static OrderGroup united(Stream<OrderGroup> groups) {
        return groups.reduce(OrderGroup.none(), OrderGroup::with);
    }

    private static Place place(Operand tensor, int samples) {
        return new Place(tensor.shape(), tensor.value(), samples);
    }

    private static Place beside(Region region, Binding binding) {
        return new Place(binding.output().shape(), region, binding.capacity());
    }
}
