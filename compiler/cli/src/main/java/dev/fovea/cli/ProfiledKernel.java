package dev.fovea.cli;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.KernelPart;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.List;

/** A kernel each part of which is timed while somebody wants to know. */
final class ProfiledKernel implements Kernel {
    private static final TimedPart[] NONE = {};

    private final Kernel kernel;
    private final Binding binding;
    private final StepClock clock;
    private final List<Binding> absorbed = new ArrayList<>();
    private TimedPart[] parts = NONE;

    /**
     * A part with its label and its floors.
     *
     * @param again what it is when forward makes again what it has made before
     */
    private record TimedPart(
            KernelPart part, StepWork first, StepWork again, double flops, double least, double bytes) {
        void run(Run run, StepClock clock) {
            long begin = clock.now();
            part.work().run(run);
            clock.did(run.isAgain() && part.pass() == Pass.FORWARD ? again : first, begin, flops, least, bytes);
        }
    }

    ProfiledKernel(Kernel kernel, Binding binding, StepClock clock) {
        this.kernel = kernel;
        this.binding = binding;
        this.clock = clock;
    }

    /** From now on its parts are timed, on so many samples. */
    void begin(int batch) {
        Needs needs = new Needs(binding, absorbed, batch);
        parts = kernel.parts().stream().map(part -> timed(part, needs)).toArray(TimedPart[]::new);
    }

    /** From now on it runs as if nobody looked. */
    void end() {
        parts = NONE;
    }

    private TimedPart timed(KernelPart part, Needs needs) {
        Pass pass = part.pass();
        return new TimedPart(
                part,
                work(part, ""),
                work(part, " again"),
                needs.flops(pass),
                needs.flops(pass) * Needs.multiplied(part.algorithm()),
                needs.bytes(part));
    }

    private StepWork work(KernelPart part, String suffix) {
        List<String> layers = new ArrayList<>(List.of(binding.name()));
        binding.activation().ifPresent(op -> layers.add(op.name()));
        for (Binding next : absorbed) {
            layers.add(next.name());
            next.activation().ifPresent(op -> layers.add(op.name()));
        }
        return new StepWork(
                layers,
                binding.op().name(),
                part.pass() + suffix,
                part.algorithm(),
                binding.output().shape().toString());
    }

    @Override
    public void forward(Run run) {
        TimedPart[] timed = parts;
        if (timed.length == 0) {
            kernel.forward(run);
        }
        for (TimedPart part : timed) {
            if (part.part().pass() == Pass.FORWARD) {
                part.run(run, clock);
            }
        }
    }

    @Override
    public void backward(Run run) {
        TimedPart[] timed = parts;
        if (timed.length == 0) {
            kernel.backward(run);
        }
        for (TimedPart part : timed) {
            if (part.part().pass() != Pass.FORWARD) {
                part.run(run, clock);
            }
        }
    }

    @Override
    public boolean absorb(Binding next) {
        boolean done = kernel.absorb(next);
        if (done) {
            absorbed.add(next);
        }
        return done;
    }

    /** What it was bound to. */
    Binding binding() {
        return binding;
    }

    /** What it does as well, in order. */
    List<Binding> absorbed() {
        return List.copyOf(absorbed);
    }

    @Override
    public List<KernelPart> parts() {
        return kernel.parts();
    }
}
