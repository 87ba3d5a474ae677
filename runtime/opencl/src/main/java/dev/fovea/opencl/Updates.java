package dev.fovea.opencl;

import dev.fovea.ops.recipe.Adadelta;
import dev.fovea.ops.recipe.Adagrad;
import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.AdamW;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.RmsProp;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.kernels.UpdateBinding.Range;
import java.util.ArrayList;
import java.util.List;

/** The steps of the optimizers, with the kernels of {@code optimizers.cl}. */
final class Updates {
    private static final String FILE = "optimizers.cl";

    private Updates() {}

    /** Where the arguments after buffers and range begin, and one launch a range of parameters. */
    private record Launches(ClQueue queue, List<ClKernel> kernels, List<Grid> grids) {
        void launch(int index) {
            kernels.get(index).launch(queue, grids.get(index));
        }

        /** Launches all with this rate as one of their arguments. */
        void run(int argument, float rate) {
            for (int i = 0; i < kernels.size(); i++) {
                kernels.get(i).set(argument, rate);
                launch(i);
            }
        }
    }

    /**
     * Binds an optimizer.
     *
     * @throws DeviceException when there is no kernel for it
     */
    static Update bind(Optimizer optimizer, UpdateBinding binding, ClWork work) {
        if (optimizer instanceof Sgd sgd) {
            return sgd.momentum() == 0 ? plain(sgd, binding, work) : momentum(sgd, binding, work);
        }
        if (optimizer instanceof Adam adam) {
            return adam(adam, binding, work);
        }
        if (optimizer instanceof AdamW apart) {
            return adamw(apart, binding, work);
        }
        if (optimizer instanceof Adagrad adagrad) {
            return adagrad(adagrad, binding, work);
        }
        if (optimizer instanceof Adadelta adadelta) {
            return adadelta(adadelta, binding, work);
        }
        if (optimizer instanceof RmsProp rmsProp) {
            return rmsProp(rmsProp, binding, work);
        }
        throw new DeviceException(work.device().label() + " has no update for the optimizer `"
                + optimizer.def().name() + "`");
    }

    private static Update plain(Sgd sgd, UpdateBinding binding, ClWork work) {
        Launches launches = launches("sgd", binding, 0, work);
        launches.kernels.forEach(kernel -> kernel.set(5, sgd.weightDecay()));
        return (rate, step) -> launches.run(4, rate);
    }

    private static Update momentum(Sgd sgd, UpdateBinding binding, ClWork work) {
        Launches launches = launches("sgd_momentum", binding, 1, work);
        launches.kernels.forEach(kernel ->
                kernel.set(6, sgd.momentum()).set(7, sgd.nesterov() ? 1 : 0).set(8, sgd.weightDecay()));
        return (rate, step) -> launches.run(5, rate);
    }

    private static Update adam(Adam adam, UpdateBinding binding, ClWork work) {
        Launches launches = launches("adam", binding, adam.slots(), work);
        launches.kernels.forEach(kernel -> kernel.set(5, binding.slotLength())
                .set(7, adam.beta1())
                .set(8, adam.beta2())
                .set(9, adam.eps())
                .set(10, adam.weightDecay()));
        return (rate, step) -> {
            float correction1 = (float) (1 - Math.pow(adam.beta1(), step + 1.0));
            float correction2 = (float) Math.sqrt(1 - Math.pow(adam.beta2(), step + 1.0));
            for (int i = 0; i < launches.kernels.size(); i++) {
                launches.kernels.get(i).set(6, rate).set(11, correction1).set(12, correction2);
                launches.launch(i);
            }
        };
    }

    private static Update adamw(AdamW adam, UpdateBinding binding, ClWork work) {
        Launches launches = launches("adamw", binding, adam.slots(), work);
        launches.kernels.forEach(kernel -> kernel.set(5, binding.slotLength())
                .set(7, adam.beta1())
                .set(8, adam.beta2())
                .set(9, adam.eps()));
        return (rate, step) -> {
            float kept = (float) (1 - (double) rate * adam.weightDecay());
            float correction1 = (float) (1 - Math.pow(adam.beta1(), step + 1.0));
            float correction2 = (float) Math.sqrt(1 - Math.pow(adam.beta2(), step + 1.0));
            for (int i = 0; i < launches.kernels.size(); i++) {
                launches.kernels
                        .get(i)
                        .set(6, rate)
                        .set(10, kept)
                        .set(11, correction1)
                        .set(12, correction2);
                launches.launch(i);
            }
        };
    }

    private static Update adagrad(Adagrad adagrad, UpdateBinding binding, ClWork work) {
        Launches launches = launches("adagrad", binding, adagrad.slots(), work);
        launches.kernels.forEach(kernel ->
                kernel.set(6, adagrad.weightDecay()).set(7, adagrad.initial()).set(8, adagrad.eps()));
        return (rate, step) -> launches.run(5, (float) (rate / (1 + step * (double) adagrad.decay())));
    }

    private static Update adadelta(Adadelta adadelta, UpdateBinding binding, ClWork work) {
        Launches launches = launches("adadelta", binding, adadelta.slots(), work);
        launches.kernels.forEach(kernel -> kernel.set(5, binding.slotLength())
                .set(7, adadelta.rho())
                .set(8, adadelta.eps())
                .set(9, adadelta.weightDecay()));
        return (rate, step) -> launches.run(6, rate);
    }

    private static Update rmsProp(RmsProp rmsProp, UpdateBinding binding, ClWork work) {
        Launches launches = launches("rmsprop", binding, rmsProp.slots(), work);
        launches.kernels.forEach(kernel -> kernel.set(5, binding.slotLength())
                .set(7, rmsProp.alpha())
                .set(8, rmsProp.eps())
                .set(9, rmsProp.weightDecay())
                .set(10, rmsProp.momentum())
                .set(11, rmsProp.centered()));
        return (rate, step) -> launches.run(6, rate);
    }

    /** A kernel for each range, with buffers, offset and length set. */
    private static Launches launches(String name, UpdateBinding binding, int slots, ClWork work) {
        List<ClKernel> kernels = binding.ranges().stream()
                .map(range -> kernel(name, binding, range, slots, work))
                .toList();
        List<Grid> grids = new ArrayList<>();
        for (int i = 0; i < kernels.size(); i++) {
            long length = binding.ranges().get(i).length();
            grids.add(work.elementGrid(kernels.get(i), length).items(length, 1));
        }
        return new Launches(work.queue(), kernels, List.copyOf(grids));
    }

    private static ClKernel kernel(String name, UpdateBinding binding, Range range, int slots, ClWork work) {
        ClBuffer parameters = checked(binding.parameters(), range, 0, work);
        ClBuffer gradients = checked(binding.gradients(), range, 0, work);
        ClKernel kernel = work.kernel(FILE, new Defines(), name);
        kernel.set(0, parameters).set(1, gradients);
        int next = 2;
        if (slots > 0) {
            kernel.set(next++, checked(binding.state(), range, (slots - 1L) * binding.slotLength(), work));
        }
        kernel.set(next, range.offset()).set(next + 1, range.length());
        kernel.moves((3.0 + 2 * slots) * range.length()); // a gradient is read; the rest is read and written
        return kernel;
    }

    private static ClBuffer checked(Memory memory, Range range, long lastSlot, ClWork work) {
        ClBuffer buffer = DeviceRegion.buffer(work.queue(), memory);
        buffer.checkRange("update", range.offset() + lastSlot, range.length());
        return buffer;
    }
}
