package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Concat;
import dev.fovea.ops.Rearrangement;
import dev.fovea.ops.Rearranging;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators that only move elements, with the kernels of {@code rearrange.cl}. */
final class RearrangeOperators {
    private static final String FILE = "rearrange.cl";

    private RearrangeOperators() {}

    /** What a {@link Rearrangement} says. */
    static Kernel rearrange(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Rearrangement map =
                ((Rearranging) binding.op()).rearrangement(binding.input().shape());
        Optional<Target> dx = regions.inputGradient(0);
        return new Steps(
                List.of(gather(map, regions.input(0), regions.output(), work)),
                dx.map(target ->
                                List.of(gatherBack(map, regions.outputGradient().orElseThrow(), target, work)))
                        .orElse(List.of()));
    }

    private static Step gather(Rearrangement map, DeviceRegion x, DeviceRegion y, ClWork work) {
        ClKernel kernel = work.kernel(FILE, new Defines(), "gather");
        int next = kernel.setFirst(x, y);
        kernel.set(next, work.table("moved channels", RearrangeTables.channels(map)))
                .set(next + 1, work.table("moved positions", RearrangeTables.positions(map)))
                .set(next + 2, map.channels())
                .set(next + 3, map.rows() * map.columns());
        return work.elements(kernel, y.size());
    }

    /** What each element of the input gets back of a gradient. */
    static Step gatherBack(Rearrangement map, DeviceRegion dy, Target dx, ClWork work) {
        int slots = (int) (dx.region().size() / map.slot());
        ClKernel kernel = work.kernel(FILE, new Defines(), "gather_back");
        int next = kernel.setFirst(dy, dx.region());
        kernel.set(next, work.table("readers of channels", RearrangeTables.channelReaders(map, slots)))
                .set(next + 1, work.table("readers of positions", RearrangeTables.positionReaders(map)))
                .set(next + 2, slots)
                .set(next + 3, map.slot())
                .set(next + 4, map.rows() * map.columns())
                .set(next + 5, dx.accumulate());
        return work.elements(kernel, dx.region().size());
    }

    /**
     * Tensors one behind the other. One whose producer has written it where it belongs, as a slice of the output, is left
     * alone, and so is its gradient.
     */
    static Kernel concat(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        int axis = ((Concat) binding.op()).axis();
        int pitch = runLength(binding.output().shape(), axis);
        List<Step> forward = new ArrayList<>();
        List<Step> backward = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < binding.inputs().size(); i++) {
            int run = runLength(binding.inputs().get(i).shape(), axis);
            DeviceRegion x = regions.input(i);
            DeviceRegion part = part(regions.output(), before, x, run, pitch);
            if (!part.isSameAs(x)) {
                forward.add(copyRuns(work, x, new Target(part, false), run, run, pitch));
            }
            Optional<Target> dx = regions.inputGradient(i);
            if (dx.isPresent()) {
                DeviceRegion own = dx.get().region();
                DeviceRegion gradient = part(regions.outputGradient().orElseThrow(), before, own, run, pitch);
                if (!gradient.isSameAs(own)) {
                    backward.add(copyRuns(work, gradient, dx.get(), run, pitch, run));
                }
            }
            before += run;
        }
        return new Steps(forward, backward);
    }

    /** The elements from one position along the axes before this one to the next: they lie together. */
    private static int runLength(Shape shape, int axis) {
        int length = 1;
        for (int i = axis; i < shape.rank(); i++) {
            length *= shape.extent(i);
        }
        return length;
    }

    /** Where a part of the whole begins. It is a tensor like any other where it has a single run. */
    private static DeviceRegion part(DeviceRegion whole, long before, DeviceRegion part, int run, int pitch) {
        long runs = part.size() / run;
        long extent = (runs - 1) * pitch + run;
        return new DeviceRegion(whole.buffer(), whole.offset() + before, whole.stride(), extent);
    }

    private static Step copyRuns(ClWork work, DeviceRegion from, Target to, int run, int fromPitch, int toPitch) {
        ClKernel kernel = work.kernel(FILE, new Defines(), "copy_runs");
        long size = Math.min(from.size(), to.region().size());
        int next = kernel.setFirst(from, to.region());
        kernel.set(next, (int) size)
                .set(next + 1, run)
                .set(next + 2, fromPitch)
                .set(next + 3, toPitch)
                .set(next + 4, to.accumulate());
        return work.elements(kernel, size);
    }
}
