package dev.fovea.runtime.cpu;

import dev.fovea.ops.Relu;
import dev.fovea.runtime.cpu.blocks.BoundKernel;
import dev.fovea.runtime.cpu.blocks.Place;
import dev.fovea.runtime.cpu.gemm.ConvKernel;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import java.util.List;

/**
 * Finds the max pools that alone read what a kernel with a rectifier behind it gives. The only gradient of that tensor is the pool's, who can take
 * it through the rectifier plane by plane as it is written, and sum it up for a bias.
 *
 * <p>An element gets a gradient only where it was the largest of a window, whose maximum then says what the rectifier's output was: so the
 * pool needs to know nothing but its own output, and that in forward already.
 */
final class RectifiedPools {
    private final List<BoundKernel> kernels;
    private final List<Operand> results;
    private final Cpu cpu;

    private RectifiedPools(List<BoundKernel> kernels, List<Operand> results, Cpu cpu) {
        this.kernels = kernels;
        this.results = results;
        this.cpu = cpu;
    }

    /**
     * Tells the kernels of a model that trains.
     *
     * @param kernels in the order in which they run; pools whose tensors lie in channel blocks are left as they are
     * @param results the tensors that are read, and whose gradients are set, from outside
     */
    static void join(List<BoundKernel> kernels, List<Operand> results, Cpu cpu) {
        RectifiedPools pools = new RectifiedPools(kernels, results, cpu);
        for (int i = 0; i < kernels.size(); i++) {
            if (kernels.get(i).kernel() instanceof MaxPoolKernel pool && pool.isPlanar()) {
                pools.join(i, pool);
            }
        }
    }

    private void join(int number, MaxPoolKernel pool) {
        Operand tensor = kernels.get(number).binding().input();
        int before = number - 1;
        while (before >= 0 && !isSame(kernels.get(before).binding().output(), tensor)) {
            before--;
        }
        if (before >= 0
                && kernels.get(before).kernel() instanceof ActivatedKernel giver
                && kernels.get(number).binding().saved().isPresent()
                && isRectified(kernels.get(before).binding())
                && isAlone(before, number)) {
            RectifiedGradient gradient =
                    gradient(giver.kernel(), kernels.get(before).binding());
            pool.give(gradient);
            giver.take(gradient);
        }
    }

    private static boolean isRectified(Binding binding) {
        return binding.activation().filter(Relu.class::isInstance).isPresent();
    }

    private RectifiedGradient gradient(Kernel giver, Binding binding) {
        if (giver instanceof ConvKernel conv && conv.sumsPlanes()) {
            RectifiedGradient gradient =
                    new RectifiedGradient(cpu, binding.output().shape().channels(), binding.capacity());
            conv.take(gradient);
            return gradient;
        }
        return new RectifiedGradient();
    }

    /** Whether two operands are one tensor, with a gradient that only the second of them writes. */
    private static boolean isSame(Operand output, Operand input) {
        Gradient gradient = output.gradient();
        Gradient written = input.gradient();
        return gradient != null
                && written != null
                && !written.accumulate()
                && output.shape().equals(input.shape())
                && output.value().equals(input.value())
                && gradient.region().equals(written.region());
    }

    /** Whether behind a kernel that gives a tensor nothing reads it but the reader, nor works in its place. */
    private boolean isAlone(int giver, int reader) {
        Binding binding = kernels.get(giver).binding();
        Place place = new Place(binding.output().shape(), binding.output().value(), binding.capacity());
        for (int i = giver + 1; i < kernels.size(); i++) {
            Binding other = kernels.get(i).binding();
            boolean reads = i != reader && other.inputs().stream().anyMatch(input -> meet(place, input));
            if (reads || meet(place, other.output())) {
                return false;
            }
        }
        return results.stream().noneMatch(result -> meet(place, result));
    }

    private static boolean meet(Place place, Operand tensor) {
        return place.overlaps(new Place(tensor.shape(), tensor.value(), place.samples()));
    }
}
