package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Batch, group, instance and layer norm, with the kernels of {@code normalization.cl}: means and deviations of sets of
 * elements, then what that makes of each element. Sums are taken by trees of a fixed shape.
 */
final class NormalizationKernel implements Kernel {
    private static final String FILE = "normalization.cl";

    private final ClWork work;
    private final NormSets sets;
    private final Binding binding;
    private final boolean affine;
    private final FusedActivation activation;
    private final Defines defines;
    private final DeviceRegion x;
    private final DeviceRegion y;
    private final Optional<DeviceRegion> saved;
    private final @Nullable BatchParts parts;
    private final List<Launch> measuring = new ArrayList<>();
    private final List<Launch> recalling = new ArrayList<>();
    private final List<Launch> backward = new ArrayList<>();
    private boolean measured;
    private boolean again;

    /** A launch for the first samples, told whether the statistics are of this batch. */
    @FunctionalInterface
    private interface Launch {
        void run(int batch, boolean measured);
    }

    NormalizationKernel(Binding binding, ClWork work, NormSets sets) {
        this.binding = binding;
        this.work = work;
        this.sets = sets;
        BoundRegions regions = new BoundRegions(binding, work);
        Shape shape = binding.output().shape();
        affine = binding.parameters().stream()
                .anyMatch(operand -> operand.parameter().isTrainable());
        activation = FusedActivation.of(binding.activation());
        defines = sets.defines(shape, work).with("AFFINE", affine).with(activation.define());
        x = regions.input(0);
        y = regions.output();
        saved = sets.saved(binding, work);
        parts = sets.isBatch() && BatchParts.suits(work.device())
                ? BatchParts.of(shape, binding.capacity(), sets.eps(), work)
                : null;
        Launch normalize = normalize();
        measuring.add(measure());
        measuring.add(normalize);
        if (binding.op() instanceof BatchNorm) {
            recalling.add(recall());
            recalling.add(normalize);
        } else {
            recalling.addAll(measuring);
        }
        if (saved.isPresent()) {
            regions.outputGradient().ifPresent(dy -> bindBackward(dy, regions.inputGradient(0)));
        }
    }

    @Override
    public void forward(Run run) {
        again = run.isAgain();
        measured = run.training() || !(binding.op() instanceof BatchNorm);
        launch(measured ? measuring : recalling, run.batch());
    }

    @Override
    public void backward(Run run) {
        launch(backward, run.batch());
    }

    private void launch(List<Launch> launches, int batch) {
        for (int i = 0; i < launches.size(); i++) {
            launches.get(i).run(batch, measured);
        }
    }

    /** Sets the three arguments of the statistics: saved, or in the workspace where nobody asks for them again. */
    private int statistics(ClKernel kernel, int index) {
        if (saved.isPresent()) {
            return kernel.set(index, saved.get());
        }
        work.scratch().give(kernel, index, sets.statistics() * (sets.isBatch() ? 1 : binding.capacity()));
        kernel.set(index + 1, 0L).set(index + 2, sets.isBatch() ? 0L : sets.statistics());
        return index + 3;
    }

    private Launch measure() {
        if (parts != null) {
            return measureInParts(parts);
        }
        int items = sets.items(work, binding);
        ClKernel kernel = work.kernel(FILE, new Defines().with(defines).with("ITEMS", items), "measure");
        int batchArgument = statistics(kernel, kernel.setFirst(x));
        int shareArgument = state(kernel, batchArgument + 1);
        Grid grid = sets.grid(work, kernel, items);
        return (batch, ofBatch) -> {
            kernel.set(batchArgument, batch).set(shareArgument, share());
            kernel.launch(work.queue(), grid.items((long) items * sets.count(), sets.isBatch() ? 1 : batch));
        };
    }

    private Launch measureInParts(BatchParts cut) {
        ClKernel part = cut.kernel("measure_part", work);
        int partBatch = cut.give(part, part.setFirst(x), work);
        Grid partsGrid = cut.partsGrid();
        ClKernel join = cut.kernel("join_parts", work);
        int batchArgument = statisticsOfBatch(join, cut.give(join, 0, work));
        int shareArgument = state(join, batchArgument + 1);
        Grid grid = cut.channelsGrid(join, work);
        return (batch, ofBatch) -> {
            part.set(partBatch, batch).launch(work.queue(), partsGrid);
            join.set(batchArgument, batch).set(shareArgument, share()).launch(work.queue(), grid);
        };
    }

    /** Sets the two arguments of statistics that do not depend on the sample; the index of the one that follows. */
    private int statisticsOfBatch(ClKernel kernel, int index) {
        if (saved.isPresent()) {
            kernel.set(index, saved.get().buffer()).set(index + 1, saved.get().offset());
        } else {
            work.scratch().give(kernel, index, sets.statistics());
            kernel.set(index + 1, 0L);
        }
        return index + 2;
    }

    /** Sets the running statistics, of which others than batch norm read nothing; gives the argument for {@link #share}. */
    private int state(ClKernel kernel, int index) {
        boolean runs = binding.op() instanceof BatchNorm;
        int at = vector(kernel, index, runs ? Optional.of(running(0)) : Optional.empty());
        vector(kernel, at, runs ? Optional.of(running(1)) : Optional.empty());
        return at + 2;
    }

    /** What share of the running statistics is new: none where the same batch has moved them before. */
    private float share() {
        return !again && binding.op() instanceof BatchNorm norm ? norm.momentum() : 0f;
    }

    private DeviceRegion running(int which) {
        return value(binding.parameters().get((affine ? 2 : 0) + which));
    }

    private Launch recall() {
        ClKernel kernel = work.kernel(FILE, new Defines().with(defines).with("ITEMS", 1), "recall");
        int next = statisticsOfBatch(kernel, 0);
        vector(kernel, vector(kernel, next, Optional.of(running(0))), Optional.of(running(1)));
        Grid grid = work.elementGrid(kernel, sets.count());
        return (batch, ofBatch) -> kernel.launch(work.queue(), grid.items(sets.count(), 1));
    }

    private Launch normalize() {
        ClKernel kernel = work.kernel(FILE, new Defines().with(defines).with("ITEMS", 1), "normalize_elements");
        int next = statistics(kernel, kernel.setFirst(x, y));
        next = vector(kernel, next, weight());
        next = vector(kernel, next, bias());
        kernel.set(next, activation.slope());
        Grid grid = work.elementGrid(kernel, y.size());
        return (batch, ofBatch) -> kernel.launch(work.queue(), grid.items(y.size(), batch));
    }

    private void bindBackward(DeviceRegion dy, Optional<Target> dx) {
        boolean parameters = affine && binding.parameters().get(0).gradient() != null;
        boolean sumsGiveThem = parameters && sets.isBatch();
        if (dx.isPresent() || sumsGiveThem) {
            Launch sums = setSums(dy);
            backward.add((batch, ofBatch) -> {
                if (ofBatch || sumsGiveThem) {
                    sums.run(batch, ofBatch);
                }
            });
        }
        dx.ifPresent(target -> backward.add(inputGradient(dy, target)));
        if (parameters) {
            backward.add(sumsGiveThem ? channelGradients() : parameterGradients(dy));
        }
    }

    /** Of what the sets' sums have left in the workspace. */
    private Launch channelGradients() {
        ClKernel kernel = work.kernel(FILE, new Defines().with(defines).with("ITEMS", 1), "channel_gradients");
        DeviceRegion statistics = saved.orElseThrow();
        Target dw = gradient(binding.parameters().get(0));
        Target db = gradient(binding.parameters().get(1));
        work.scratch().give(kernel, 0, sumsRoom());
        kernel.set(1, statistics.buffer()).set(2, statistics.offset());
        int next = vector(kernel, vector(kernel, 3, Optional.of(dw.region())), Optional.of(db.region()));
        kernel.set(next, dw.accumulate()).set(next + 1, db.accumulate());
        Grid grid = work.elementGrid(kernel, sets.count());
        return (batch, ofBatch) -> kernel.launch(work.queue(), grid.items(sets.count(), 1));
    }

    private long sumsRoom() {
        return sets.statistics() * (sets.isBatch() ? 1 : binding.capacity());
    }

    private Launch setSums(DeviceRegion dy) {
        if (parts != null) {
            return setSumsInParts(dy, parts);
        }
        int items = sets.items(work, binding);
        ClKernel kernel = work.kernel(FILE, new Defines().with(defines).with("ITEMS", items), "set_sums");
        int next = vector(kernel, statistics(kernel, kernel.setFirst(dy, x)), weight());
        work.scratch().give(kernel, next, sumsRoom());
        int batchArgument = next + 1;
        Grid grid = sets.grid(work, kernel, items);
        return (batch, ofBatch) -> {
            kernel.set(batchArgument, batch);
            kernel.launch(work.queue(), grid.items((long) items * sets.count(), sets.isBatch() ? 1 : batch));
        };
    }

    private Launch setSumsInParts(DeviceRegion dy, BatchParts cut) {
        ClKernel part = cut.kernel("sum_part", work);
        int partBatch = cut.give(part, statisticsOfBatch(part, part.setFirst(dy, x)), work);
        Grid partsGrid = cut.partsGrid();
        ClKernel add = cut.kernel("add_parts", work);
        work.scratch().give(add, cut.give(add, 0, work), cut.room());
        Grid grid = cut.channelsGrid(add, work);
        return (batch, ofBatch) -> {
            part.set(partBatch, batch).launch(work.queue(), partsGrid);
            add.launch(work.queue(), grid);
        };
    }

    private Launch inputGradient(DeviceRegion dy, Target dx) {
        ClKernel kernel = work.kernel(FILE, new Defines().with(defines).with("ITEMS", 1), "input_gradient");
        int next = vector(kernel, statistics(kernel, kernel.setFirst(dy, x, dx.region())), weight());
        work.scratch().give(kernel, next, sumsRoom());
        kernel.set(next + 1, dx.accumulate());
        int batchArgument = next + 2;
        Grid grid = work.elementGrid(kernel, dy.size());
        return (batch, ofBatch) -> {
            kernel.set(batchArgument, batch).set(batchArgument + 1, ofBatch);
            kernel.launch(work.queue(), grid.items(dy.size(), batch));
        };
    }

    private Launch parameterGradients(DeviceRegion dy) {
        int channels = binding.output().shape().channels();
        int items = work.reductionItems((long) binding.output().shape().area() * binding.capacity());
        ClKernel kernel = work.kernel(FILE, new Defines().with(defines).with("ITEMS", items), "parameter_gradients");
        Target dw = gradient(binding.parameters().get(0));
        Target db = gradient(binding.parameters().get(1));
        int next = statistics(kernel, kernel.setFirst(dy, x));
        next = vector(kernel, next, Optional.of(dw.region()));
        next = vector(kernel, next, Optional.of(db.region()));
        kernel.set(next, dw.accumulate()).set(next + 1, db.accumulate());
        int batchArgument = next + 2;
        Grid grid = new Grid(items);
        return (batch, ofBatch) -> {
            kernel.set(batchArgument, batch);
            kernel.launch(work.queue(), grid.items((long) items * channels));
        };
    }

    private Optional<DeviceRegion> weight() {
        return affine ? Optional.of(value(binding.parameters().get(0))) : Optional.empty();
    }

    private Optional<DeviceRegion> bias() {
        return affine ? Optional.of(value(binding.parameters().get(1))) : Optional.empty();
    }

    private DeviceRegion value(ParameterOperand operand) {
        return work.region(operand.value(), operand.parameter().shape(), 1);
    }

    private Target gradient(ParameterOperand operand) {
        Gradient gradient = Objects.requireNonNull(operand.gradient());
        return new Target(work.region(gradient.region(), operand.parameter().shape(), 1), gradient.accumulate());
    }

    /** Sets the two arguments of a vector that does not depend on the batch; any buffer where it is not read. */
    private int vector(ClKernel kernel, int index, Optional<DeviceRegion> vector) {
        DeviceRegion region = vector.orElse(x);
        kernel.set(index, region.buffer()).set(index + 1, region.offset());
        return index + 2;
    }
}
