package dev.fovea.runtime.cpu;

import dev.fovea.runtime.cpu.blocks.BoundKernel;
import dev.fovea.runtime.cpu.blocks.Place;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import java.util.List;
import java.util.Optional;

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
        if (giver < 0
                || sum.inputs().size() != 2
                || !(kernels.get(giver).kernel() instanceof BatchNormKernel norm && norm.isInBlocks())
                || !kernels.get(giver)
                        .binding()
                        .output()
                        .value()
                        .equals(sum.output().value())) {
            return;
        }
        Optional<Operand> other = sum.inputs().stream()
                .filter(input -> !input.value().equals(sum.output().value()))
                .findFirst();
        if (other.isPresent() && lastWriter(other.get(), number) < giver && !isTouched(sum.output(), giver, number)) {
            norm.add(other.get().value(), add.activation());
            add.give();
        }
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
