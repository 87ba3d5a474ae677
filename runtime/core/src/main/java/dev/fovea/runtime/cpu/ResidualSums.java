package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.BoundKernel;
import dev.fovea.runtime.cpu.blocks.Place;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import java.util.List;

/**
 * Finds the sums of two that are written over what a batch normalisation in channel blocks gives, as at the end of a residual block: the normalisation then adds the other as it
 * stores, and activates, which saves writing and reading its own output. Backward needs nothing of that output.
 */
final class ResidualSums {
    private final List<BoundKernel> kernels;

    private ResidualSums(List<BoundKernel> kernels) {
        this.kernels = kernels;
    }

    /**
     * Tells the kernels of a model that trains, whose tensors are laid out.
     *
     * @param kernels in the order in which they run
     */
    static void join(List<BoundKernel> kernels) {
        ResidualSums sums = new ResidualSums(kernels);
        for (int i = 0; i < kernels.size(); i++) {
            if (plain(kernels.get(i).kernel()) instanceof AddKernel add) {
                sums.join(i, add);
            }
        }
    }

    private void join(int number, AddKernel add) {
        Binding sum = kernels.get(number).binding();
        int giver = lastWriter(sum.output(), number);
        if (giver < 0 || sum.inputs().size() != 2 || !givesSummand(giver, sum)) {
            return;
        }
        Operand first = sum.inputs().get(0);
        Operand other = lies(first, sum.output()) ? sum.inputs().get(1) : first;
        if (lastWriter(other, number) < giver
                && !isTouched(sum.output(), giver, number)
                && kernels.get(giver).kernel() instanceof BatchNormKernel norm
                && norm.isInBlocks()) {
            norm.add(other.value(), add.activation());
            add.give();
        }
    }

    /** Whether just one of a sum's inputs is what a kernel gives, without an activation, where the sum will be. */
    private boolean givesSummand(int giver, Binding sum) {
        Binding binding = kernels.get(giver).binding();
        return binding.activation().isEmpty()
                && lies(binding.output(), sum.output())
                && sum.inputs().stream()
                                .filter(input -> lies(input, sum.output()))
                                .count()
                        == 1;
    }

    private static boolean lies(Operand one, Operand other) {
        return one.shape().equals(other.shape()) && one.value().equals(other.value());
    }

    /** The kernel without an activation behind it that applies it itself. */
    private static Kernel plain(Kernel kernel) {
        return kernel instanceof ActivatedKernel activated ? activated.kernel() : kernel;
    }

    /** The last kernel before another that writes to any element of a tensor; negative where none does. */
    private int lastWriter(Operand tensor, int before) {
        int last = before - 1;
        while (last >= 0 && !meet(tensor, kernels.get(last).binding().output(), last)) {
            last--;
        }
        return last;
    }

    /** Whether between two kernels one reads from a tensor. */
    private boolean isTouched(Operand tensor, int first, int end) {
        for (int i = first + 1; i < end; i++) {
            int number = i;
            if (kernels.get(i).binding().inputs().stream().anyMatch(input -> meet(tensor, input, number))) {
                return true;
            }
        }
        return false;
    }

    private boolean meet(Operand one, Operand other, int number) {
        int samples = kernels.get(number).binding().capacity();
        return new Place(one.shape(), one.value(), samples).overlaps(new Place(other.shape(), other.value(), samples));
    }
}
